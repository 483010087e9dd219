package io.scalesrpc.time;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Runs tasks later. Made for very many timeouts of which nearly all are cancelled.
 * Implementations are <em>thread-safe</em>.
 */
public interface Timer {

	/**
	 * Runs a task once, on the timer's own thread, not before the delay has passed and at
	 * most one tick after it. The task must not block.
	 * @param task what to run; what it throws is logged
	 * @param delay how long to wait; zero or less means at the next tick
	 * @param unit the unit of the delay
	 * @return the way to call it off
	 * @throws IllegalStateException if the timer was closed: nothing will run later
	 */
	Timeout schedule(Runnable task, long delay, TimeUnit unit);

	/**
	 * This timer for the tasks of one thread, which run there. One that sleeps until
	 * something is due, as an event loop does, need not be woken by another.
	 * @param thread where the tasks run
	 * @return a timer that runs nothing on its own thread
	 */
	default Timer on(Executor thread) {
		return (task, delay, unit) -> schedule(() -> thread.execute(task), delay, unit);
	}

	/** A task that is waiting for its time. <em>Thread-safe</em>. */
	@FunctionalInterface
	interface Timeout {

		/**
		 * Calls the task off and lets go of it at once.
		 * @return {@code false} if it has run, is running or was called off before
		 */
		boolean cancel();

	}

}
