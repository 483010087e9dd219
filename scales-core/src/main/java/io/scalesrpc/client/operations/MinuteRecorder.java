package io.scalesrpc.client.operations;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceArray;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.time.MinuteCounts;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Counts what an operator asks for first: how many calls of the last minute, how long
 * they took, how they failed. A call costs one addition, one that fails two; threads
 * count in different stripes. A stripe has about 7 KB, from its first call on.
 * <em>Thread-safe</em>, without locks.
 */
@Internal
public final class MinuteRecorder {

	/** Below this all latencies are one: 16 microseconds. */
	private static final int FIRST_POWER = 14;

	/** Above this too: 137 seconds. */
	private static final int LAST_POWER = 37;

	/** Of each power of two: so a latency is told up to a quarter too long. */
	private static final int PARTS = 4;

	private static final int BUCKETS = 1 + (LAST_POWER - FIRST_POWER) * PARTS;

	private static final int KINDS = FailureKind.values().length;

	private static final int RETRIES = BUCKETS + KINDS;

	private static final int REFUSED_RETRIES = RETRIES + 1;

	private static final int WITHHELD = RETRIES + 2;

	private static final int OVER_LIMIT = RETRIES + 3;

	private static final int WIDTH = RETRIES + 4;

	private static final int MAX_STRIPES = 4;

	private final AtomicReferenceArray<@Nullable MinuteCounts> stripes = new AtomicReferenceArray<>(
			Integer.highestOneBit(Math.min(MAX_STRIPES, Runtime.getRuntime().availableProcessors())));

	private final Ticker ticker;

	private final long start;

	public MinuteRecorder(Ticker ticker) {
		this.ticker = ticker;
		this.start = ticker.nanos();
	}

	/** Counts a call that took so many nanoseconds and ended now. */
	void ended(Outcome outcome, long nanos, long now) {
		MinuteCounts mine = stripe();
		int place = mine.place(now);
		mine.add(place, bucket(nanos), 1);
		if (outcome instanceof Failure failure) {
			mine.add(place, BUCKETS + failure.kind().ordinal(), 1);
		}
	}

	/** Counts an event, if it is one that is shown. */
	public void happened(Event event) {
		int counter = switch (event) {
			case RETRIED_NOT_SENT, RETRIED_CONNECTION_LOST, RETRIED_TIMEOUT, RETRIED_REMOTE -> RETRIES;
			case BUDGET_EXHAUSTED -> REFUSED_RETRIES;
			case WITHHELD -> WITHHELD;
			case OVER_LIMIT -> OVER_LIMIT;
			default -> -1;
		};
		if (counter >= 0) {
			MinuteCounts mine = stripe();
			mine.add(mine.place(this.ticker.nanos()), counter, 1);
		}
	}

	public LastMinute lastMinute() {
		long now = this.ticker.nanos();
		long[] sums = new long[WIDTH];
		long calls = 0;
		for (int i = 0; i < WIDTH; i++) {
			sums[i] = sum(i, now);
			calls += (i < BUCKETS) ? sums[i] : 0;
		}
		Map<FailureKind, Long> failures = new EnumMap<>(FailureKind.class);
		for (FailureKind kind : FailureKind.values()) {
			if (sums[BUCKETS + kind.ordinal()] > 0) {
				failures.put(kind, sums[BUCKETS + kind.ordinal()]);
			}
		}
		long covered = new MinuteCounts(1, this.start).coveredNanos(now);
		return new LastMinute(Duration.ofNanos(covered), calls, percentile(sums, calls, 0.5),
				percentile(sums, calls, 0.99), failures, sums[RETRIES], sums[REFUSED_RETRIES], sums[WITHHELD],
				sums[OVER_LIMIT]);
	}

	private long sum(int counter, long now) {
		long sum = 0;
		for (int i = 0; i < this.stripes.length(); i++) {
			MinuteCounts stripe = this.stripes.get(i);
			sum += (stripe != null) ? stripe.sum(counter, now) : 0;
		}
		return sum;
	}

	private MinuteCounts stripe() {
		int index = (int) Thread.currentThread().getId() & (this.stripes.length() - 1);
		MinuteCounts known = this.stripes.get(index);
		if (known != null) {
			return known;
		}
		MinuteCounts made = new MinuteCounts(WIDTH, this.start);
		MinuteCounts found = this.stripes.compareAndExchange(index, null, made);
		return (found != null) ? found : made;
	}

	private static int bucket(long nanos) {
		if (nanos < 1L << FIRST_POWER) {
			return 0;
		}
		int power = Long.SIZE - 1 - Long.numberOfLeadingZeros(nanos);
		int part = (int) (nanos >>> (power - 2)) & (PARTS - 1);
		return Math.min(1 + (power - FIRST_POWER) * PARTS + part, BUCKETS - 1);
	}

	/** The upper end of the bucket, so that it is never too good. */
	private static @Nullable Duration percentile(long[] sums, long calls, double share) {
		long rank = (long) Math.ceil(calls * share);
		long seen = 0;
		for (int i = 0; i < BUCKETS && rank > 0; i++) {
			seen += sums[i];
			if (seen >= rank) {
				return Duration.ofNanos(upperEnd(i));
			}
		}
		return null;
	}

	private static long upperEnd(int bucket) {
		long power = 1L << (FIRST_POWER + (bucket + PARTS - 1) / PARTS - ((bucket == 0) ? 0 : 1));
		int part = (bucket == 0) ? 0 : (bucket - 1) % PARTS + 1;
		return power + part * (power / PARTS);
	}

}
