package io.scalesrpc.client.operations;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.call.FailureKind;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a client came to within the last minute, as their callers saw them.
 * <em>Immutable</em>.
 *
 * @param covered over how long it was counted: 60 to 70 seconds, less of a young client
 * @param calls how many calls ended
 * @param p50 how long half of them took at most, told up to a quarter too long;
 * {@code null} if there was none
 * @param p99 how long 99 of 100 took at most
 * @param failures those that failed, by kind; kinds that did not occur are missing
 * @param retries how often a call was sent again
 * @param refusedRetries how often one was not since the budget was spent
 * @param withheld attempts that throttling withheld
 * @param overLimit calls that the concurrency limit refused
 */
public record LastMinute(Duration covered, long calls, @Nullable Duration p50, @Nullable Duration p99,
		Map<FailureKind, Long> failures, long retries, long refusedRetries, long withheld, long overLimit) {

	/** Copies the map. */
	public LastMinute {
		failures = Map.copyOf(failures);
	}

}
