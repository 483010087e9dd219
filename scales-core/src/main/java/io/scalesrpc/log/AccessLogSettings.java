package io.scalesrpc.log;

import java.time.Duration;

import io.scalesrpc.call.Checks;
import org.jspecify.annotations.Nullable;

/**
 * Which calls have a line each in the log. <em>Immutable</em>.
 *
 * @param slow how long a call takes that is slow, above 0 and at most 1 day; {@code null}
 * if none is
 * @param failed whether calls that fail are logged
 * @param sample the share of these that is logged, above 0, at most 1
 */
public record AccessLogSettings(@Nullable Duration slow, boolean failed, double sample) {

	/** No call is logged. */
	public static final AccessLogSettings OFF = new AccessLogSettings(null, false, 1);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public AccessLogSettings {
		if (slow != null) {
			Checks.positive("slow", slow);
		}
		Checks.require(sample > 0 && sample <= 1, "sample", sample, "above 0, at most 1");
	}

	/**
	 * Whether any call may be logged.
	 * @return {@code false} if there is nothing to log
	 */
	public boolean isOn() {
		return this.failed || this.slow != null;
	}

}
