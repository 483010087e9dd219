package io.scalesrpc.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what happens on other threads. <em>Thread-safe</em>.
 */
public final class Eventually {

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	private static final long POLL_NANOS = Duration.ofMillis(2).toNanos();

	private Eventually() {
	}

	/**
	 * Waits until something is the case.
	 * @param what what is waited for, as the error says it
	 * @param condition asked every few milliseconds
	 * @throws AssertionError if it is not so within half a minute, which is much more
	 * than anything takes, since machines are shared
	 */
	public static void await(String what, BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			if (System.nanoTime() - start > PATIENCE.toNanos()) {
				throw new AssertionError(what + ": not within " + PATIENCE.toSeconds() + " s");
			}
			LockSupport.parkNanos(POLL_NANOS);
		}
	}

}
