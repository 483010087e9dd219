package io.scalesrpc.breaker;

import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.Ticker;

/**
 * What the breakers of one client have in common. <em>Immutable</em>; all are
 * thread-safe.
 *
 * @param settings when a member is out
 * @param backoff for how long
 * @param ticker tells the time
 */
record BreakerTerms(MemberBreakerSettings settings, Backoff backoff, Ticker ticker) {
}
