package io.scalesrpc.pool;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.ExponentialBackoff;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;

/**
 * What all shared pools of one client have in common. <em>Immutable</em>.
 *
 * @param settings how many connections, and for how long
 * @param ticker tells how old they are
 * @param timer wakes a pool to replace those that are too old
 * @param random spreads the ages at which connections are replaced
 * @param loops go on with tasks of a pool that are too many for a caller
 * @param backoff how long to wait after an opening that failed, while others stand
 */
@Internal
public record SharedTerms(ConnectionSettings settings, Ticker ticker, Timer timer, RandomGenerator random,
		Executor loops, Backoff backoff) {

	private static final double AGE_SPREAD = 0.1;

	/**
	 * With the back-off for connections beside others: 1 s growing by 1.6 to 60 s, spread
	 * by a fifth.
	 * @param settings how many connections, and for how long
	 * @param ticker tells how old they are
	 * @param timer wakes a pool
	 * @param random the source of chance
	 * @param loops go on with tasks of a pool that are too many for a caller
	 */
	public SharedTerms(ConnectionSettings settings, Ticker ticker, Timer timer, RandomGenerator random,
			Executor loops) {
		this(settings, ticker, timer, random, loops,
				new ExponentialBackoff(Duration.ofSeconds(1), 1.6, Duration.ofSeconds(60), 0.2, random));
	}

	/**
	 * When a connection that is opened now is too old, as the ticker tells it.
	 * Connections that were opened together are not to be replaced together.
	 */
	long dueNanos() {
		long most = this.settings.maxConnectionAge().toNanos();
		return this.ticker.nanos() + (long) (most * (1 - AGE_SPREAD * this.random.nextDouble()));
	}

	boolean hasAge() {
		return !this.settings.maxConnectionAge().isZero();
	}

}
