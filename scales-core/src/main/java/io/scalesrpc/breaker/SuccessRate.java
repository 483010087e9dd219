package io.scalesrpc.breaker;

import java.time.Duration;

import io.scalesrpc.call.Checks;

/**
 * Which share of its calls a member must answer. <em>Immutable</em>.
 *
 * @param min the least share that is good enough, from 0 to 1; 0 for any
 * @param window over how long it is taken, from 1 second to 1 day
 * @param minCalls how many calls there must have been in the window, 1 or more
 */
public record SuccessRate(double min, Duration window, int minCalls) {

	/** 80 % of at least 20 calls within 30 seconds. */
	public static final SuccessRate DEFAULT = new SuccessRate(0.8, Duration.ofSeconds(30), 20);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public SuccessRate {
		Checks.require(min >= 0 && min <= 1, "min", min, "0..1");
		Checks.within("window", window, Duration.ofSeconds(1), "1 second");
		Checks.require(minCalls >= 1, "minCalls", minCalls, ">= 1");
	}

	/** Whether so many failures among so many calls are too many. */
	boolean isMissed(long calls, long failures) {
		return calls >= this.minCalls && calls - failures < this.min * calls;
	}

}
