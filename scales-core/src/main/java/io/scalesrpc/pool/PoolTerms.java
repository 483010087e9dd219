package io.scalesrpc.pool;

import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * What all pools of one client have in common. <em>Immutable</em>.
 *
 * @param settings how many connections, and for how long
 * @param ticker tells how long they have been idle
 * @param timer wakes a pool to close those that were for too long
 * @param random spreads the ages at which connections are replaced
 * @param loops go on with tasks of a pool that are too many for a caller
 */
@Internal
public record PoolTerms(PoolSettings settings, Ticker ticker, Timer timer, RandomGenerator random, Executor loops) {

	private static final double AGE_SPREAD = 0.1;

	/** How long a connection may be used at the most, in nanoseconds. */
	long ageNanos() {
		long most = this.settings.maxAge().toNanos();
		return (most == 0) ? Long.MAX_VALUE : most;
	}

	/**
	 * How long a new connection is used before another takes its place, in nanoseconds.
	 * Connections that were opened together are not to be replaced together.
	 */
	long reliefNanos() {
		long most = this.settings.maxAge().toNanos();
		return (most == 0) ? Long.MAX_VALUE : (long) (most * (1 - AGE_SPREAD * this.random.nextDouble()));
	}

}
