package io.scalesrpc.time;

import java.util.function.LongSupplier;

/**
 * A monotonic clock. Tests hand in one they move by hand. Implementations are
 * <em>thread-safe</em>.
 */
@FunctionalInterface
public interface Ticker extends LongSupplier {

	/** The clock of the machine. */
	Ticker SYSTEM = System::nanoTime;

	/**
	 * Reads the clock. Only differences mean anything.
	 * @return nanoseconds since an arbitrary origin; may be negative and may wrap
	 */
	long nanos();

	/** The same reading, for who knows no clocks. */
	@Override
	default long getAsLong() {
		return nanos();
	}

}
