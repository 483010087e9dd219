package io.scalesrpc.retry;

import java.time.Duration;

import io.scalesrpc.call.Checks;
import io.scalesrpc.time.Ticker;

/**
 * How many retries all calls of a client may make together. <em>Immutable</em>.
 *
 * @param ratio retries for each call that was answered, 0 to 1
 * @param minPerSecond retries a second that need no calls, 0 or more
 * @param ttl how long calls and retries are remembered, 1 to 60 seconds
 */
public record RetryBudgetSettings(double ratio, int minPerSecond, Duration ttl) {

	private static final Duration MIN_TTL = Duration.ofSeconds(1);

	private static final Duration MAX_TTL = Duration.ofSeconds(60);

	/** 20 % of the calls, and 10 a second, over 10 s. */
	public static final RetryBudgetSettings DEFAULT = new RetryBudgetSettings(0.2, 10, Duration.ofSeconds(10));

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public RetryBudgetSettings {
		Checks.require(ratio >= 0 && ratio <= 1, "ratio", ratio, "0..1");
		Checks.require(minPerSecond >= 0, "minPerSecond", minPerSecond, ">= 0");
		Checks.require(ttl.compareTo(MIN_TTL) >= 0 && ttl.compareTo(MAX_TTL) <= 0, "ttl", ttl, "1 to 60 seconds");
	}

	/**
	 * Makes a budget that holds its reserve.
	 * @param ticker tells the time
	 * @return the budget of one client
	 */
	public RetryBudget newBudget(Ticker ticker) {
		return new RetryBudget(this.ratio, this.minPerSecond, this.ttl, ticker);
	}

}
