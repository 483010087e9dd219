package io.scalesrpc.time;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.Internal;

/**
 * Has what many do every so often done at the same moments: then one waking of a thread
 * serves all of them. <em>Stateless</em>.
 */
@Internal
public final class SharedTick {

	private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(1);

	/** Nobody is early by more than this part of the time. */
	private static final int PART = 5;

	private SharedTick() {
	}

	/**
	 * When to do it the next time.
	 * @param now reading of the ticker that all of them have
	 * @param delay the longest time until then, in nanoseconds; differs where some of the
	 * interval has passed
	 * @param interval from one time to the next, in nanoseconds, zero or more; those that
	 * have the same share their moments
	 * @return the delay, or up to a fifth of the interval and at most a second less; what
	 * is done again after the same time is not early again
	 */
	public static long delay(long now, long delay, long interval) {
		long tick = Math.min(LONGEST_NANOS, interval / PART);
		return (tick > 0) ? delay - Math.floorMod(now + delay, tick) : delay;
	}

}
