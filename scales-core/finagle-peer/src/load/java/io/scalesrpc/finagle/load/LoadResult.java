package io.scalesrpc.finagle.load;

import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

import com.sun.management.OperatingSystemMXBean;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What became of the calls of a load, and what they cost. <em>Thread-safe</em>.
 */
final class LoadResult {

	private static final long LONGEST_NANOS = Duration.ofMinutes(2).toNanos();

	private static final OperatingSystemMXBean SYSTEM = (OperatingSystemMXBean) ManagementFactory
		.getOperatingSystemMXBean();

	private final Histogram latencies = new ConcurrentHistogram(LONGEST_NANOS, 3);

	/** How long after its time a call was sent: the load's own fault. */
	private final Histogram lateness = new ConcurrentHistogram(LONGEST_NANOS, 3);

	/** Without that fault. */
	private final Histogram fromSending = new ConcurrentHistogram(LONGEST_NANOS, 3);

	private final Map<String, Integer> failed = new ConcurrentSkipListMap<>();

	private final AtomicLong lastFailure = new AtomicLong();

	private final long cpuBefore = SYSTEM.getProcessCpuTime();

	private final long start = System.nanoTime();

	long start() {
		return this.start;
	}

	/**
	 * Notes that a call is being sent.
	 * @param dueNanos when it was to be sent
	 * @return now
	 */
	long sent(long dueNanos) {
		long now = System.nanoTime();
		this.lateness.recordValue(Math.max(0, now - dueNanos));
		return now;
	}

	/**
	 * Counts a call that has ended.
	 * @param dueNanos when it was to be sent
	 * @param sentNanos when it was
	 * @param failure why it failed, or {@code null}
	 */
	void ended(long dueNanos, long sentNanos, @Nullable Throwable failure) {
		long now = System.nanoTime();
		if (failure == null) {
			this.latencies.recordValue(Math.min(LONGEST_NANOS, now - dueNanos));
			this.fromSending.recordValue(Math.min(LONGEST_NANOS, now - sentNanos));
		}
		else {
			this.failed.merge(name(failure), 1, Integer::sum);
			this.lastFailure.accumulateAndGet(now - this.start, Math::max);
		}
	}

	private static String name(Throwable failure) {
		Throwable cause = failure.getCause();
		return failure.getClass().getSimpleName()
				+ ((cause != null) ? " of " + cause.getClass().getSimpleName() : "");
	}

	/**
	 * What there is to tell, after the last call. Latencies are those of the calls that were answered.
	 */
	String toJson() {
		long elapsed = System.nanoTime() - this.start;
		long ok = this.latencies.getTotalCount();
		int failures = this.failed.values().stream().mapToInt(Integer::intValue).sum();
		Map<String, Object> result = new LinkedHashMap<>();
		result.put("ok", ok);
		result.put("failed", this.failed);
		result.put("elapsedMillis", elapsed / 1_000_000);
		result.put("callsPerSecond", Math.round((ok + failures) * 1e9 / elapsed));
		result.put("cpuNanosPerCall", (SYSTEM.getProcessCpuTime() - this.cpuBefore) / Math.max(1, ok + failures));
		result.put("failures", failures);
		result.put("lastFailureMillis", this.lastFailure.get() / 1_000_000);
		percentiles(result, "", this.latencies);
		if (this.lateness.getTotalCount() > 0) {
			percentiles(result, "late-", this.lateness);
			percentiles(result, "sent-", this.fromSending);
		}
		return Json.of(result);
	}

	private static void percentiles(Map<String, Object> result, String prefix, Histogram histogram) {
		result.put(prefix + "p50Micros", histogram.getValueAtPercentile(50) / 1000);
		result.put(prefix + "p90Micros", histogram.getValueAtPercentile(90) / 1000);
		result.put(prefix + "p99Micros", histogram.getValueAtPercentile(99) / 1000);
		result.put(prefix + "p999Micros", histogram.getValueAtPercentile(99.9) / 1000);
		result.put(prefix + "maxMicros", histogram.getMaxValue() / 1000);
	}

}
