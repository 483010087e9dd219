package io.scalesrpc.redis.connection;

import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.redis.RedisSettings;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.TransportLimits;

/**
 * What every connection of one client shares. <em>Immutable</em>.
 *
 * @param settings how Redis is spoken
 * @param limits how much a connection may hold
 * @param metrics counts what happens
 * @param timer wakes pings and time limits
 * @param ticker tells the time
 * @param random draws what proves that a reply is in its place
 * @param owed counts the replies that servers owe to calls that nobody waits for
 */
public record SessionTerms(RedisSettings settings, TransportLimits limits, ClientMetrics metrics, Timer timer,
		Ticker ticker, RandomGenerator random, LongAdder owed) {
}
