package io.scalesrpc.hedging;

import org.HdrHistogram.Histogram;

/**
 * What was measured lately, in windows of time of which the oldest is forgotten whole.
 * <em>Guarded by its owner</em>; the highest value is immutable.
 */
final class Windows {

	private final long highest;

	private final Histogram[] histograms = new Histogram[TailLatency.WINDOWS];

	private final Histogram all;

	private int current;

	private long began;

	Windows(long highest, int digits, long now) {
		this.highest = highest;
		for (int i = 0; i < this.histograms.length; i++) {
			this.histograms[i] = new Histogram(highest, digits);
		}
		this.all = new Histogram(highest, digits);
		this.began = now;
	}

	/** The highest value there is; whatever is higher counts as this. */
	long highest() {
		return this.highest;
	}

	/**
	 * Adds what was measured since the last time.
	 * @param latest it, not kept
	 * @param now the time
	 * @return all that is remembered, valid until the next time
	 */
	Histogram add(Histogram latest, long now) {
		this.histograms[this.current].add(latest);
		forget(now);
		this.all.reset();
		for (Histogram histogram : this.histograms) {
			this.all.add(histogram);
		}
		return this.all;
	}

	private void forget(long now) {
		long over = (now - this.began) / TailLatency.WINDOW.toNanos();
		for (long i = Math.min(over, this.histograms.length); i > 0; i--) {
			this.current = (this.current + 1) % this.histograms.length;
			this.histograms[this.current].reset();
		}
		this.began += over * TailLatency.WINDOW.toNanos();
	}

}
