package io.scalesrpc.balancer;

import java.util.random.RandomGenerator;

import io.scalesrpc.time.Ticker;

/**
 * What makes one run of a balancer differ from another. <em>Immutable</em>; both are
 * thread-safe.
 *
 * @param ticker tells how long calls take and failures are remembered
 * @param random the source of chance
 */
public record TimeAndChance(Ticker ticker, RandomGenerator random) {
}
