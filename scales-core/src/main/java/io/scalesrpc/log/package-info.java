/**
 * What operators read of a client: what happens to it and its members, each client by a
 * logger of its own, and never a line for each call. Used by the stages to which it
 * happens. Never decides anything.
 */
@NullMarked
package io.scalesrpc.log;

import org.jspecify.annotations.NullMarked;
