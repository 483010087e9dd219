/**
 * Commands of Redis as methods, for real: carts in a primary and its replica, which are
 * started by a switch, stopped and made to change places. The page is {@code redis.html}.
 * Used by nobody else; never leaves the machine.
 */
@NullMarked
package io.scalesrpc.demo.redis;

import org.jspecify.annotations.NullMarked;
