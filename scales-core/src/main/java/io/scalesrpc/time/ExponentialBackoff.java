package io.scalesrpc.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;

/**
 * Waits that grow by a factor up to a maximum, spread by jitter so that clients which
 * failed together do not come back together (gRPC's connection back-off:
 * {@code doc/connection-backoff.md}). <em>Thread-safe</em> if the random generator is.
 *
 * @param initial the first wait, positive
 * @param multiplier the factor, 1 or more
 * @param max the longest wait before jitter, not below {@code initial}
 * @param jitter the share by which a wait may be shorter or longer, from 0 to 1
 * @param random the source of chance
 */
@Internal
public record ExponentialBackoff(Duration initial, double multiplier, Duration max, double jitter,
		RandomGenerator random) implements Backoff {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ExponentialBackoff {
		require(initial.toNanos() > 0, "initial", initial, "> 0");
		require(multiplier >= 1, "multiplier", multiplier, ">= 1");
		require(max.compareTo(initial) >= 0, "max", max, ">= initial " + initial);
		require(jitter >= 0 && jitter <= 1, "jitter", jitter, "0..1");
	}

	@Override
	public long nanosAfter(int failures) {
		double grown = this.initial.toNanos() * Math.pow(this.multiplier, Math.max(0, failures - 1));
		double capped = Math.min(grown, this.max.toNanos());
		double spread = capped * this.jitter * (2 * this.random.nextDouble() - 1);
		return Math.max(0, (long) (capped + spread));
	}

	private static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
