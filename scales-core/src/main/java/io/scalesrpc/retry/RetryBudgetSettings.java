package io.scalesrpc.retry;

import java.time.Duration;

import io.scalesrpc.call.Checks;
import io.scalesrpc.time.Ticker;

/**
 * How many retries all calls of a client may make together: a share of what was answered.
 * A client of few calls begins with five and keeps up to five of those it earned, however
 * long ago; without an answer within the last second they are worth one.
 * <em>Immutable</em>.
 *
 * @param ratio retries for each call that was answered, 0 to 1
 * @param minPerSecond retries a second that need no calls, 0 or more
 * @param ttl how long calls and retries are remembered, 1 to 60 seconds
 */
public record RetryBudgetSettings(double ratio, int minPerSecond, Duration ttl) {

	private static final Duration MIN_TTL = Duration.ofSeconds(1);

	private static final Duration MAX_TTL = Duration.ofSeconds(60);

	/** So many are kept beyond the time to live. */
	private static final int KEPT = 5;

	/** 20 % of the calls that were answered, over 10 s. */
	public static final RetryBudgetSettings DEFAULT = new RetryBudgetSettings(0.2, 0, Duration.ofSeconds(10));

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
	 * Makes a budget that holds its reserve, and the five retries unless the ratio is 0.
	 * @param ticker tells the time
	 * @return the budget of one client
	 */
	public RetryBudget newBudget(Ticker ticker) {
		return new RetryBudget(this.ratio, this.minPerSecond, this.ttl, KEPT, ticker);
	}

}
