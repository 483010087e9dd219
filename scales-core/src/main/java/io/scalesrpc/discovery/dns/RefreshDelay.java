package io.scalesrpc.discovery.dns;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.ExponentialBackoff;

/**
 * How long to wait between look-ups. Many clients learn of a change at the same moment,
 * so every wait is longer by a little chance; never shorter, since a cache on the way
 * would only repeat itself. <em>Thread-safe</em> if the random generator is.
 */
final class RefreshDelay {

	static final Duration LEAST_WAIT = Duration.ofSeconds(1);

	/**
	 * With its jitter below 5 minutes, an age at which people take a source for silent.
	 */
	static final Duration LONGEST_WAIT = Duration.ofSeconds(270);

	static final double JITTER = 0.1;

	private final RandomGenerator random;

	private final Backoff backoff;

	/**
	 * Creates a pace.
	 * @param random the source of chance
	 */
	RefreshDelay(RandomGenerator random) {
		this.random = random;
		this.backoff = new ExponentialBackoff(Duration.ofSeconds(5), 1.6, Duration.ofSeconds(30), 0.2, random);
	}

	/**
	 * The wait after an answer.
	 * @param ttl how long the answer holds
	 * @return the wait in nanoseconds: the TTL within its bounds, and up to a tenth more
	 */
	long nanosAfter(Duration ttl) {
		Duration wait = (ttl.compareTo(LEAST_WAIT) < 0) ? LEAST_WAIT : ttl;
		wait = (wait.compareTo(LONGEST_WAIT) > 0) ? LONGEST_WAIT : wait;
		return (long) (wait.toNanos() * (1 + JITTER * this.random.nextDouble()));
	}

	/**
	 * The wait after a failure.
	 * @param failures how many in a row, from 1
	 * @return the wait in nanoseconds
	 */
	long nanosAfter(int failures) {
		return this.backoff.nanosAfter(failures);
	}

}
