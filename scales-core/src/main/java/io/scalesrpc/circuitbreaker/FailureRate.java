package io.scalesrpc.circuitbreaker;

import java.time.Duration;

import io.scalesrpc.call.Checks;
import org.jspecify.annotations.Nullable;

/**
 * From which share of failed calls on a circuit breaker opens, and over which calls
 * shares are taken. <em>Immutable</em>.
 *
 * @param threshold the share, above 0 and at most 1; {@code null} for none
 * @param window over how long shares are taken, that of slow calls too; from 1 second to
 * 1 day
 * @param minCalls how many calls there must have been in the window, 1 or more
 */
public record FailureRate(@Nullable Double threshold, Duration window, int minCalls) {

	/** No share; a window of 30 seconds with at least 20 calls. */
	public static final FailureRate NONE = new FailureRate(null, Duration.ofSeconds(30), 20);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public FailureRate {
		if (threshold != null) {
			Checks.require(threshold > 0 && threshold <= 1, "threshold", threshold, "a share above 0 and at most 1");
		}
		Checks.within("window", window, Duration.ofSeconds(1), "1 second");
		Checks.require(minCalls >= 1, "minCalls", minCalls, ">= 1");
	}

}
