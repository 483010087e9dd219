package io.scalesrpc.time;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;

/**
 * Waits that double, half of each fixed and half by chance (Finagle's
 * {@code equalJittered}): first between the least and twice that, later between half the
 * longest and the longest. <em>Thread-safe</em> if the random generator is.
 *
 * @param min the shortest wait, positive
 * @param max the longest wait, not below {@code min}
 * @param random the source of chance
 */
@Internal
public record EqualJitterBackoff(Duration min, Duration max, RandomGenerator random) implements Backoff {

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public EqualJitterBackoff {
		require(min.toNanos() > 0, "min", min, "> 0");
		require(max.compareTo(min) >= 0, "max", max, ">= min " + min);
	}

	@Override
	public long nanosAfter(int failures) {
		double grown = 2.0 * this.min.toNanos() * Math.pow(2, Math.max(0, failures - 1));
		double most = Math.min(grown, this.max.toNanos());
		double least = Math.max(this.min.toNanos(), most / 2);
		return (long) (least + (most - least) * this.random.nextDouble());
	}

	private static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

}
