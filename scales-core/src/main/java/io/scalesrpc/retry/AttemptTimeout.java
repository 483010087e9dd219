package io.scalesrpc.retry;

import java.time.Duration;

import io.scalesrpc.Internal;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;

/**
 * How long one attempt of a call may take. One that takes longer ends as a timeout, which
 * is known of nobody but the member and the stages above the balancer: the call goes on
 * until its own deadline, if another attempt may be made. <em>Immutable</em>.
 *
 * @param duration above 0, at most 1 day
 */
@Internal
public record AttemptTimeout(Duration duration) {

	/** As long as the longest call. */
	public static final AttemptTimeout NONE = new AttemptTimeout(Duration.ofDays(1));

	/** What a stage reads it by from a call. */
	public static final CallOptions.Key<AttemptTimeout> KEY = new CallOptions.Key<>("attempt-timeout", NONE);

	/**
	 * Checks the value.
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public AttemptTimeout {
		Checks.positive("attemptTimeout", duration);
	}

	/**
	 * Whether attempts are not limited.
	 * @return {@code true} for the time of {@link #NONE}
	 */
	public boolean isNone() {
		return this.duration.equals(NONE.duration);
	}

}
