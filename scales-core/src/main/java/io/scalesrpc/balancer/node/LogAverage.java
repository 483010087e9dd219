package io.scalesrpc.balancer.node;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A moving average of the logarithms of latencies: what a latency typically is, with
 * little regard for the odd one that is far off. <em>Thread-safe</em>; of two samples at
 * once one may be lost.
 */
public final class LogAverage {

	/** How much one sample counts. */
	private static final double ALPHA = 1.0 / 32;

	/** From natural logarithms to those of two. */
	private static final double PER_LN = 1 / Math.log(2);

	private static final long NONE = Double.doubleToRawLongBits(Double.NaN);

	private final AtomicLong bits = new AtomicLong(NONE);

	/**
	 * Adds a sample and compares it with those before.
	 * @param nanos the latency, above zero
	 * @return how many times the typical latency it is, as a power of two; zero for the
	 * first
	 */
	public double add(long nanos) {
		long seen = this.bits.get();
		double distance = distance(nanos, seen);
		double average = (seen == NONE) ? log(nanos) : Double.longBitsToDouble(seen) + ALPHA * distance;
		this.bits.setRelease(Double.doubleToRawLongBits(average));
		return distance;
	}

	/** Whether there was a sample. */
	boolean isKnown() {
		return this.bits.get() != NONE;
	}

	/** What a latency typically is, if that is known. */
	double nanos() {
		return Math.pow(2, Double.longBitsToDouble(this.bits.get()));
	}

	/** Compares a latency without adding it. */
	public double distance(long nanos) {
		return distance(nanos, this.bits.get());
	}

	private static double distance(long nanos, long seen) {
		return (seen == NONE) ? 0 : log(nanos) - Double.longBitsToDouble(seen);
	}

	private static double log(long nanos) {
		return Math.log(nanos) * PER_LN;
	}

}
