/**
 * The end of waiting: the calls of a client that have not ended, and a filter that ends a
 * call when its deadline passes. Used by the client's stack, above every stage that may
 * take time, so that opening, queueing and all attempts count. Never tells a server
 * anything itself; the connection sees the outcome and discards what it had sent.
 */
@Internal
@NullMarked
package io.scalesrpc.timeout;

import org.jspecify.annotations.NullMarked;

import io.scalesrpc.Internal;
