/**
 * Sending a call again: at once when no server processed it, after a wait when one may
 * have and the method is idempotent, and never more often than the budget of the client
 * allows. Used by the client's stack, above the balancer, which sends each attempt to
 * another member. Never sends past the deadline, nor what a server asked not to be sent.
 */
@NullMarked
package io.scalesrpc.retry;

import org.jspecify.annotations.NullMarked;
