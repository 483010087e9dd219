package io.scalesrpc.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Checks;

/**
 * How long a call waits before it is sent again: a bound that grows by a factor, less the
 * part of it that is left to chance. <em>Immutable</em>.
 *
 * @param initial the bound of the first wait, above 0, at most 1 day
 * @param multiplier the factor by which the bound grows, from 1 to 100
 * @param max the largest bound, not below {@code initial}, at most 1 day
 * @param jitter which part of the bound is left to chance
 */
public record RetryBackoff(Duration initial, double multiplier, Duration max, Jitter jitter) {

	/** From 5 ms, twice as long each time, to 200 ms, with full jitter. */
	public static final RetryBackoff DEFAULT = new RetryBackoff(Duration.ofMillis(5), 2, Duration.ofMillis(200));

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public RetryBackoff {
		Checks.positive("initial", initial);
		Checks.require(multiplier >= 1 && multiplier <= 100, "multiplier", multiplier, "1..100");
		Checks.notBelow("max", max, "initial", initial);
	}

	/**
	 * The same bounds with full jitter.
	 * @param initial the bound of the first wait, above 0, at most 1 day
	 * @param multiplier the factor by which the bound grows, from 1 to 100
	 * @param max the largest bound, not below {@code initial}, at most 1 day
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public RetryBackoff(Duration initial, double multiplier, Duration max) {
		this(initial, multiplier, max, Jitter.FULL);
	}

	/** The wait after so many failures, 1 or more, in nanoseconds. */
	long nanosAfter(int failures, RandomGenerator random) {
		double grown = this.initial.toNanos() * Math.pow(this.multiplier, failures - 1);
		double bound = Math.min(grown, this.max.toNanos());
		return (long) switch (this.jitter) {
			case FULL -> bound * random.nextDouble();
			case EQUAL -> bound / 2 * (1 + random.nextDouble());
			case NONE -> bound;
		};
	}

	/**
	 * Which part of a wait is left to chance, since calls that failed together must not
	 * come back together (Amazon's Architecture Blog, "Exponential Backoff and Jitter",
	 * 2015). <em>Immutable</em>.
	 */
	public enum Jitter {

		/** All of it: leaves the fewest calls at the same moment. */
		FULL,

		/** Half of it: a call waits for half of the bound at least. */
		EQUAL,

		/** Nothing: for tests, or where a single client calls. */
		NONE

	}

}
