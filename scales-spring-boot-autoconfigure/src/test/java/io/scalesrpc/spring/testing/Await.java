package io.scalesrpc.spring.testing;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Waits for what other threads or processes do, at most 20 seconds. <em>Thread-safe</em>.
 */
public final class Await {

	private static final Duration LIMIT = Duration.ofSeconds(20);

	private Await() {
	}

	/**
	 * Waits until a condition holds; one that throws does not hold yet.
	 * @param condition asked every 10 milliseconds
	 */
	public static void until(Callable<Boolean> condition) {
		long start = System.nanoTime();
		Exception last = null;
		while (System.nanoTime() - start < LIMIT.toNanos()) {
			try {
				if (condition.call()) {
					return;
				}
			}
			catch (Exception ex) {
				last = ex;
			}
			LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
		}
		throw new AssertionError("not within " + LIMIT, last);
	}

}
