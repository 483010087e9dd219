package io.scalesrpc.circuitbreaker;

import java.time.Duration;

import io.scalesrpc.call.Checks;
import org.jspecify.annotations.Nullable;

/**
 * From which share of slow calls on a circuit breaker opens, answered or not.
 * <em>Immutable</em>.
 *
 * @param duration from how long on a call is slow, above 0 and at most 1 day;
 * {@code null} if none is
 * @param rate the share, above 0 and at most 1, in the window of {@link FailureRate}
 */
public record SlowCalls(@Nullable Duration duration, double rate) {

	/** No call is slow. */
	public static final SlowCalls NONE = new SlowCalls(null, 0.5);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public SlowCalls {
		if (duration != null) {
			Checks.positive("duration", duration);
		}
		Checks.require(rate > 0 && rate <= 1, "rate", rate, "a share above 0 and at most 1");
	}

	boolean isSlow(long nanos) {
		return this.duration != null && nanos >= this.duration.toNanos();
	}

}
