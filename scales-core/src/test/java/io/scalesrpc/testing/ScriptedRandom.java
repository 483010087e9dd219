package io.scalesrpc.testing;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * Chance that a test decides: the numbers of a script one after the other, or those of a
 * seed. A script that has run out or holds a number out of the range asked for fails the
 * test. <em>Thread-safe</em>.
 */
public final class ScriptedRandom implements RandomGenerator {

	private final Deque<Number> script = new ArrayDeque<>();

	private ScriptedRandom(Number... numbers) {
		for (Number number : numbers) {
			this.script.add(number);
		}
	}

	/**
	 * Chance that says what it is told to.
	 * @param numbers what {@code nextInt}, {@code nextLong} and {@code nextDouble}
	 * return, in this order; an {@link Integer} for whole numbers, a {@link Double} for
	 * others
	 * @return the random generator
	 */
	public static ScriptedRandom of(Number... numbers) {
		return new ScriptedRandom(numbers);
	}

	/**
	 * Chance that is the same in every run.
	 * @param seed the seed
	 * @return the random generator, thread-safe
	 */
	public static RandomGenerator seeded(long seed) {
		return new Random(seed);
	}

	/**
	 * Adds to the script.
	 * @param numbers what comes after what is there
	 * @return this
	 */
	public synchronized ScriptedRandom then(Number... numbers) {
		this.script.addAll(List.of(numbers));
		return this;
	}

	/**
	 * How much of the script is left.
	 * @return the count of numbers nobody asked for yet
	 */
	public synchronized int left() {
		return this.script.size();
	}

	@Override
	public long nextLong() {
		return next(Long.MIN_VALUE, Long.MAX_VALUE);
	}

	@Override
	public long nextLong(long bound) {
		return next(0, bound - 1);
	}

	@Override
	public long nextLong(long origin, long bound) {
		return next(origin, bound - 1);
	}

	@Override
	public int nextInt() {
		return (int) next(Integer.MIN_VALUE, Integer.MAX_VALUE);
	}

	@Override
	public int nextInt(int bound) {
		return (int) next(0, bound - 1L);
	}

	@Override
	public int nextInt(int origin, int bound) {
		return (int) next(origin, bound - 1L);
	}

	@Override
	public boolean nextBoolean() {
		return next(0, 1) == 1;
	}

	@Override
	public double nextDouble() {
		double value = take().doubleValue();
		if (value < 0 || value >= 1) {
			throw new IllegalStateException("script: " + value + " (expected: 0..1 without 1)");
		}
		return value;
	}

	@Override
	public double nextDouble(double bound) {
		return nextDouble() * bound;
	}

	@Override
	public double nextDouble(double origin, double bound) {
		return origin + nextDouble() * (bound - origin);
	}

	private long next(long min, long max) {
		Number number = take();
		long value = number.longValue();
		if (number instanceof Double || value < min || value > max) {
			throw new IllegalStateException(
					"script: " + number + " (expected: a whole number " + min + ".." + max + ")");
		}
		return value;
	}

	private synchronized Number take() {
		if (this.script.isEmpty()) {
			throw new IllegalStateException("script: at its end (expected: one more number)");
		}
		return this.script.remove();
	}

}
