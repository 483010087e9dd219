package io.scalesrpc.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

import io.scalesrpc.Internal;

/**
 * Several counters that forget what is older than about a minute: six slices of ten
 * seconds, and the one that is being written. Counting costs a division and one addition;
 * nothing ticks. A count that is made while an idle counter wakes up may be lost.
 * <em>Thread-safe</em>, without locks.
 */
@Internal
public final class MinuteCounts {

	private static final long SLICE_NANOS = Duration.ofSeconds(10).toNanos();

	private static final int WHOLE_SLICES = 6;

	/** Those that count, and the next one, which is clear. */
	private static final int SLOTS = WHOLE_SLICES + 2;

	private final int width;

	private final long start;

	/** The slice that is being written, counted from the start. */
	private final AtomicLong slice = new AtomicLong();

	private final AtomicLongArray counts;

	/**
	 * Begins at zero.
	 * @param width how many counters, 1 or more
	 * @param now the time, in nanoseconds of the ticker
	 */
	public MinuteCounts(int width, long now) {
		this.width = width;
		this.start = now;
		this.counts = new AtomicLongArray(SLOTS * width);
	}

	/**
	 * Finds the place where counters stand at a time, for one event that counts several.
	 * @param now the time, in nanoseconds of the ticker
	 * @return to be given to {@link #add} soon
	 */
	public int place(long now) {
		return slot(forget(now));
	}

	/**
	 * Counts.
	 * @param place from {@link #place}
	 * @param counter which one, from 0
	 * @param amount how much
	 */
	public void add(int place, int counter, long amount) {
		this.counts.getAndAdd(place + counter, amount);
	}

	/**
	 * What was counted in the last minute, or up to ten seconds more.
	 * @param counter which one, from 0
	 * @param now the time, in nanoseconds of the ticker
	 * @return the sum
	 */
	public long sum(int counter, long now) {
		forget(now);
		long sum = 0;
		for (int i = 0; i < SLOTS; i++) {
			sum += this.counts.get(i * this.width + counter);
		}
		return sum;
	}

	/**
	 * Over how long was counted what {@link #sum} tells.
	 * @param now the time, in nanoseconds of the ticker
	 * @return 60 to 70 seconds, less in the beginning, in nanoseconds
	 */
	public long coveredNanos(long now) {
		long age = Math.max(0, now - this.start);
		return Math.min(age, WHOLE_SLICES * SLICE_NANOS + age % SLICE_NANOS);
	}

	/**
	 * Moves on to the slice of now and clears the one after it: others may be writing to
	 * that of now already.
	 */
	private long forget(long now) {
		long current = (now - this.start) / SLICE_NANOS;
		long seen = this.slice.get();
		while (seen < current) {
			long found = this.slice.compareAndExchange(seen, current);
			if (found == seen) {
				for (long next = Math.max(seen + 2, current + 2 - SLOTS); next <= current + 1; next++) {
					clear(slot(next));
				}
				return current;
			}
			seen = found;
		}
		return seen;
	}

	private void clear(int place) {
		for (int i = 0; i < this.width; i++) {
			this.counts.set(place + i, 0);
		}
	}

	private int slot(long number) {
		return (int) (number % SLOTS) * this.width;
	}

}
