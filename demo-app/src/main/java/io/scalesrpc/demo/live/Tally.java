package io.scalesrpc.demo.live;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import org.HdrHistogram.Recorder;

/**
 * Counts what becomes of the calls of one client. <em>Thread-safe</em>, but for
 * {@link #take}, for one thread at a time.
 */
final class Tally {

	/** A call that was not even begun. */
	static final String NO_THREAD = "NO_THREAD";

	private static final long MOST_MICROS = TimeUnit.MINUTES.toMicros(1);

	private final Recorder micros = new Recorder(MOST_MICROS, 2);

	private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

	private final LongAdder wrong = new LongAdder();

	/** A call that was begun has ended, however it did, so long after it was wanted. */
	void ended(long nanos) {
		this.micros.recordValue(Math.min(MOST_MICROS, TimeUnit.NANOSECONDS.toMicros(nanos)));
	}

	void failed(String kind) {
		this.failures.computeIfAbsent(kind, (none) -> new LongAdder()).increment();
	}

	/** The answer was that to another question. */
	void wrong() {
		this.wrong.increment();
	}

	/**
	 * What came since this was asked last.
	 * @param requests what servers saw meanwhile, by their names
	 */
	Counts take(Map<String, Long> requests) {
		Map<String, Long> failed = new TreeMap<>();
		this.failures.forEach((kind, count) -> {
			long number = count.sumThenReset();
			if (number > 0) {
				failed.put(kind, number);
			}
		});
		return new Counts(this.micros.getIntervalHistogram(), failed, this.wrong.sumThenReset(), requests);
	}

}
