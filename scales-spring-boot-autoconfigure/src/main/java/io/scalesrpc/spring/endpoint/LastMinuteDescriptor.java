package io.scalesrpc.spring.endpoint;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

import io.scalesrpc.client.operations.LastMinute;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of a client came to within the last minute, as the endpoint shows it.
 * <em>Immutable</em>.
 *
 * @param calls how many ended
 * @param callsPerSecond how many a second
 * @param p50Millis how long half of them took at most, in milliseconds, told up to a
 * quarter too long; absent if there was none
 * @param p99Millis how long 99 of 100 took at most
 * @param failures those that failed, by kind
 * @param retries how often a call was sent again
 * @param refusedRetries how often one was not since the budget was spent
 * @param withheld attempts that throttling withheld
 * @param overLimit calls that the concurrency limit refused
 */
public record LastMinuteDescriptor(long calls, double callsPerSecond, @Nullable Double p50Millis,
		@Nullable Double p99Millis, Map<String, Long> failures, long retries, long refusedRetries, long withheld,
		long overLimit) {

	private static final double NANOS_PER_SECOND = 1e9;

	static LastMinuteDescriptor of(LastMinute minute) {
		Map<String, Long> failures = new TreeMap<>();
		minute.failures().forEach((kind, count) -> failures.put(kind.name().toLowerCase(Locale.ROOT), count));
		double seconds = Math.max(1, minute.covered().toNanos() / NANOS_PER_SECOND);
		return new LastMinuteDescriptor(minute.calls(), Numbers.rounded(minute.calls() / seconds),
				Numbers.millis(minute.p50()), Numbers.millis(minute.p99()), failures, minute.retries(),
				minute.refusedRetries(), minute.withheld(), minute.overLimit());
	}

}
