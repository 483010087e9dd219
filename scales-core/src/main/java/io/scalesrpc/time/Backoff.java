package io.scalesrpc.time;

import io.scalesrpc.Internal;

/**
 * How long to wait before trying again. Implementations are <em>thread-safe</em>.
 */
@Internal
@FunctionalInterface
public interface Backoff {

	/**
	 * The wait before an attempt.
	 * @param failures how many attempts have failed in a row, from 1
	 * @return nanoseconds, zero or more
	 */
	long nanosAfter(int failures);

}
