package io.scalesrpc.metrics;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * How the attempts that were sent to one member went in the last minute.
 * <em>Immutable</em>.
 *
 * @param attempts those that were answered or failed; what the caller ended itself says
 * nothing
 * @param failures how many of them failed
 * @param latency how long answers took on average; {@code null} if there was none
 */
public record RecentAttempts(long attempts, long failures, @Nullable Duration latency) {

	/** Nothing was sent, or nobody counts. */
	public static final RecentAttempts NONE = new RecentAttempts(0, 0, null);

}
