package io.scalesrpc.time;

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
