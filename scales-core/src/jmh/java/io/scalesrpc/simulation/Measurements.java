package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.Arrays;

import io.scalesrpc.call.Outcome;

/**
 * How the calls went that began within a span of time. All latencies are kept, so that
 * percentiles are exact. <em>Confined to the thread that runs the world.</em>
 */
final class Measurements {

	private final long from;

	private long[] latencies = new long[1 << 12];

	private int answered;

	private long failed;

	private long unfinished;

	Measurements(Duration from) {
		this.from = from.toNanos();
	}

	void started() {
		this.unfinished++;
	}

	void ended(long started, long now, Outcome outcome) {
		this.unfinished--;
		if (started < this.from) {
			return;
		}
		if (!outcome.answered()) {
			this.failed++;
			return;
		}
		if (this.answered == this.latencies.length) {
			this.latencies = Arrays.copyOf(this.latencies, 2 * this.latencies.length);
		}
		this.latencies[this.answered++] = now - started;
	}

	/** What is left of it when it is over. */
	Percentiles percentiles() {
		if (this.unfinished != 0) {
			throw new IllegalStateException("unfinished calls: " + this.unfinished + " (expected: none)");
		}
		Arrays.sort(this.latencies, 0, this.answered);
		return new Percentiles(percentile(0.5), percentile(0.99), percentile(0.999));
	}

	/** The latency that a part of the answered calls did not exceed, in milliseconds. */
	private double percentile(double part) {
		int index = (int) Math.ceil(part * this.answered) - 1;
		return (this.answered > 0) ? this.latencies[Math.max(0, index)] / ServiceTime.MILLI : Double.NaN;
	}

	long failed() {
		return this.failed;
	}

	double failedShare() {
		return this.failed / (double) Math.max(1, this.failed + this.answered);
	}

}
