package io.scalesrpc.testing;

import java.time.Duration;
import java.util.Comparator;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * A clock and a timer that a test moves by hand. It starts a second before the readings
 * of a real ticker wrap around, so that whoever compares readings other than by
 * subtraction is found out. <em>Thread-safe</em>; due tasks run on the thread that moves
 * the time, without a lock.
 */
public final class FakeTime implements Ticker, Timer {

	private static final long START = Long.MAX_VALUE - Duration.ofSeconds(1).toNanos();

	/** In order, and quick to cancel: most tasks are. */
	private final NavigableSet<Task> tasks = new TreeSet<>(
			Comparator.comparingLong((Task task) -> task.due).thenComparingLong((task) -> task.number));

	/** Nanoseconds since the start, which unlike the reading never wrap. */
	private long elapsed;

	private long scheduled;

	@Override
	public synchronized long nanos() {
		return START + this.elapsed;
	}

	@Override
	public synchronized Timeout schedule(Runnable runnable, long delay, TimeUnit unit) {
		Task task = new Task(runnable, this.elapsed + Math.max(0, unit.toNanos(delay)), this.scheduled++);
		this.tasks.add(task);
		return () -> cancel(task);
	}

	/**
	 * Moves the time on and runs every task that falls due, those scheduled meanwhile
	 * included, each at its own time and those of one time in the order in which they
	 * were scheduled. What a task throws comes out here.
	 * @param time how far, zero or more; zero runs what is due now
	 */
	public void advance(Duration time) {
		long until = elapsed() + time.toNanos();
		for (Task task = nextDue(until); task != null; task = nextDue(until)) {
			task.runnable.run();
		}
		arrive(until);
	}

	/**
	 * How many tasks wait for their time.
	 * @return zero or more; cancelled ones do not count
	 */
	public synchronized int pendingTimeouts() {
		return this.tasks.size();
	}

	/**
	 * How long it takes until the next task falls due.
	 * @return the wait
	 * @throws IllegalStateException if nothing is scheduled
	 */
	public synchronized Duration untilNext() {
		if (this.tasks.isEmpty()) {
			throw new IllegalStateException("timeouts: none (expected: one that waits)");
		}
		return Duration.ofNanos(this.tasks.first().due - this.elapsed);
	}

	/**
	 * Makes the test fail if a task still waits when it is over. Needs
	 * {@link LeakCheckExtension}.
	 * @return this
	 */
	public FakeTime mustEndEmpty() {
		LeakWatch.expect(() -> "FakeTime: " + pendingTimeouts() + " pending timeouts", () -> pendingTimeouts() == 0);
		return this;
	}

	private synchronized long elapsed() {
		return this.elapsed;
	}

	private synchronized @Nullable Task nextDue(long until) {
		if (this.tasks.isEmpty() || this.tasks.first().due > until) {
			return null;
		}
		Task next = this.tasks.first();
		this.tasks.remove(next);
		this.elapsed = Math.max(this.elapsed, next.due);
		return next;
	}

	private synchronized void arrive(long until) {
		this.elapsed = Math.max(this.elapsed, until);
	}

	private synchronized boolean cancel(Task task) {
		return this.tasks.remove(task);
	}

	/**
	 * A task and its time. <em>Immutable</em>.
	 *
	 * @param runnable what to run
	 * @param due when, in nanoseconds since the start
	 * @param number how many were scheduled before
	 */
	private record Task(Runnable runnable, long due, long number) {
	}

}
