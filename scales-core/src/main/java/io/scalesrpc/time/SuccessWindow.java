package io.scalesrpc.time;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLongArray;

import io.scalesrpc.Internal;

/**
 * How many of the latest calls failed: a ring of ten slices of the window, so that it
 * covers nine tenths of the window and the slice that is being written. A moving average
 * such as Finagle's would need the whole window to have passed before it means anything,
 * and would not know how many calls it stands for.
 * <p>
 * A slice is one word: its number, its calls, its failures. So a call costs one
 * compare-and-set, and a slice whose number is too old counts for nothing and needs no
 * clearing. A slice holds a million calls; further ones change its ratio no more.
 * <em>Thread-safe</em>, without locks.
 */
@Internal
public final class SuccessWindow {

	private static final int SLICES = 10;

	private static final int COUNT_BITS = 20;

	private static final long COUNT_MASK = (1L << COUNT_BITS) - 1;

	/** Numbers wrap: a slice of 100 ms has the same one after 19 days. */
	private static final long NUMBER_MASK = (1L << (Long.SIZE - 2 * COUNT_BITS)) - 1;

	private static final long ONE_CALL = 1L << COUNT_BITS;

	private static final long ONE_FAILED_CALL = ONE_CALL + 1;

	private final AtomicLongArray slices = new AtomicLongArray(SLICES);

	private final long sliceNanos;

	private final long start;

	/**
	 * Creates an empty window.
	 * @param window over how long calls are remembered, from 10 nanoseconds
	 * @param now the time, in nanoseconds of the ticker
	 */
	public SuccessWindow(Duration window, long now) {
		this.sliceNanos = window.toNanos() / SLICES;
		this.start = now;
	}

	/**
	 * Counts a call that did well.
	 * @param now the time, in nanoseconds of the ticker
	 */
	public void succeeded(long now) {
		add(now, ONE_CALL);
	}

	/**
	 * Counts a call that failed.
	 * @param now the time, in nanoseconds of the ticker
	 */
	public void failed(long now) {
		add(now, ONE_FAILED_CALL);
	}

	/**
	 * What is remembered at a time.
	 * @param now the time, in nanoseconds of the ticker
	 * @return the calls of the window
	 */
	public Tally tally(long now) {
		long current = number(now);
		long calls = 0;
		long failures = 0;
		for (int i = 0; i < SLICES; i++) {
			long word = this.slices.get(i);
			if (((current - numberOf(word)) & NUMBER_MASK) < SLICES) {
				calls += calls(word);
				failures += word & COUNT_MASK;
			}
		}
		return new Tally(calls, failures);
	}

	private void add(long now, long amount) {
		long number = number(now);
		int index = (int) (number % SLICES);
		long current = number & NUMBER_MASK;
		long seen = this.slices.get(index);
		while (numberOf(seen) != current || calls(seen) < COUNT_MASK) {
			long base = (numberOf(seen) == current) ? seen : current << (2 * COUNT_BITS);
			long found = this.slices.compareAndExchange(index, seen, base + amount);
			if (found == seen) {
				return;
			}
			seen = found;
		}
	}

	/** The number of a slice, from 1: a word that was never written has 0. */
	private long number(long now) {
		return Math.max(0, now - this.start) / this.sliceNanos + 1;
	}

	private static long numberOf(long word) {
		return word >>> (2 * COUNT_BITS);
	}

	private static long calls(long word) {
		return (word >>> COUNT_BITS) & COUNT_MASK;
	}

	/**
	 * A number of calls. <em>Immutable</em>.
	 *
	 * @param calls how many there were
	 * @param failures how many of them failed
	 */
	public record Tally(long calls, long failures) {
	}

}
