package io.scalesrpc.cache;

import java.time.Clock;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * What the stage needs of the client's resources. <em>Immutable</em>.
 *
 * @param timer ends the waiting of calls
 * @param ticker the clock of deadlines
 * @param clock the wall clock, which processes that share a cache have in common
 * @param random spreads expiries
 * @param lookups runs what may block; may reject
 */
@Internal
public record CacheTools(Timer timer, Ticker ticker, Clock clock, RandomGenerator random, Executor lookups) {
}
