package io.scalesrpc.time;

/**
 * A monotonic clock. Tests hand in one they move by hand. Implementations are
 * <em>thread-safe</em>.
 */
@FunctionalInterface
public interface Ticker {

	/** The clock of the machine. */
	Ticker SYSTEM = System::nanoTime;

	/**
	 * Reads the clock. Only differences mean anything.
	 * @return nanoseconds since an arbitrary origin; may be negative and may wrap
	 */
	long nanos();

}
