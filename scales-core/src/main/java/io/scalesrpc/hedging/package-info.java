/**
 * A second attempt beside one that takes long: sent after the latency that nearly all
 * calls of the method stay below, and whichever is answered first is the call's answer
 * (Dean and Barroso, The Tail at Scale, 2013; Finagle's {@code BackupRequestFilter}).
 * Used by the client's stack, below the user's stages and above retries. Never hedges a
 * method that is not idempotent, never sends more than its budget and that of the
 * client's retries allow, and never sends again because of a failure.
 */
@NullMarked
package io.scalesrpc.hedging;

import org.jspecify.annotations.NullMarked;
