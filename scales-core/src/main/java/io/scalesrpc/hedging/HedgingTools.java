package io.scalesrpc.hedging;

import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.retry.RetryBudget;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * What the hedged methods of a client share. <em>Immutable</em>; all are thread-safe.
 *
 * @param ticker the clock of the deadlines
 * @param timer wakes who waits for an answer
 * @param retries bounds retries and second attempts of all methods together
 * @param metrics where second attempts are counted
 */
record HedgingTools(Ticker ticker, Timer timer, RetryBudget retries, ClientMetrics metrics) {
}
