package io.scalesrpc.balancer.node;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A number that fades to zero, by a factor of e in a given time, unless it is set again.
 * <em>Thread-safe</em>: the number, as a float, and its time in milliseconds share one
 * long. Of two threads that set it at once one wins, which does for averages.
 */
public final class DecayingValue {

	private static final long NANOS_PER_MILLI = 1_000_000;

	private volatile double decayMillis;

	private final AtomicLong packed;

	/**
	 * Starts at zero.
	 * @param decay how long it takes to fall by a factor of e, positive
	 */
	public DecayingValue(Duration decay) {
		this.decayMillis = decay.toNanos() / (double) NANOS_PER_MILLI;
		this.packed = new AtomicLong();
	}

	/** From now on it fades at another pace. */
	void become(Duration decay) {
		this.decayMillis = decay.toNanos() / (double) NANOS_PER_MILLI;
	}

	/** What it was set to last, without the fading; a plain read, for a first look. */
	double unfaded() {
		return value(this.packed.get());
	}

	public double get(long now) {
		long seen = this.packed.get();
		double value = value(seen);
		return (value == 0) ? 0 : value * Math.exp(-age(seen, now) / this.decayMillis);
	}

	public void set(double value, long now) {
		this.packed.setRelease((long) Float.floatToRawIntBits((float) value) << 32 | millis(now) & 0xFFFFFFFFL);
	}

	/** What is left of anything after the time since it was set: from 1 down to 0. */
	public double rest(long now) {
		return Math.exp(-age(this.packed.get(), now) / this.decayMillis);
	}

	/**
	 * Whether it was set less than so many times ago as it takes to fall by a factor of
	 * e.
	 */
	boolean isYounger(double times, long now) {
		return age(this.packed.get(), now) < times * this.decayMillis;
	}

	private static double value(long seen) {
		return Float.intBitsToFloat((int) (seen >>> 32));
	}

	/** Wraps around after 24 days, when nothing is left anyway but by chance. */
	private static int age(long seen, long now) {
		return Math.max(0, millis(now) - (int) seen);
	}

	private static int millis(long now) {
		return (int) (now / NANOS_PER_MILLI);
	}

}
