package io.scalesrpc.balancer.node;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * What makes one run of a balancer differ from another, threads included.
 * <em>Immutable</em>; all are thread-safe.
 *
 * @param ticker tells how long calls take and failures are remembered
 * @param timer wakes it for what no call asks for
 * @param random the source of chance
 * @param loops go on with changes that are too many for a caller
 */
@Internal
public record TimeAndChance(Ticker ticker, Timer timer, RandomGenerator random, Executor loops) {
}
