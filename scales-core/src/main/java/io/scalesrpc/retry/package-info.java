/**
 * Sending a call again: at once when no server processed it, and never more often than
 * the budget of the client allows. Used by the client's stack, above the balancer, which
 * sends each attempt to another member. Never sends again what a server may have done,
 * and never past the deadline.
 */
@NullMarked
package io.scalesrpc.retry;

import org.jspecify.annotations.NullMarked;
