/**
 * Redis: an interface whose methods are commands, on connections that Lettuce opens and
 * calls share. The protocol is Lettuce's; members, deadlines, roles and what happens
 * after a failure are ours. A leaf: nothing but this package knows Lettuce.
 */
@NullMarked
package io.scalesrpc.redis;

import org.jspecify.annotations.NullMarked;
