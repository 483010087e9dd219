package io.scalesrpc.pool;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;

/**
 * How many calls in a row failed on one connection by the fault of whoever is behind it.
 * <em>Thread-safe</em>: an answer after an answer costs a volatile read.
 */
final class FailureRow {

	/**
	 * So many speak against a connection whose neighbours answer: fewer than take a
	 * member out, so that the connection goes first.
	 */
	static final int LONG = 3;

	/**
	 * The least time between two connections of one member that are replaced for that:
	 * where calls fail now and then on all of them it is nobody's fault.
	 */
	static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(5);

	private final AtomicInteger failures = new AtomicInteger();

	void ended(Call call, Outcome outcome) {
		if (outcome.answered()) {
			if (this.failures.get() != 0) {
				this.failures.set(0);
			}
		}
		else if (outcome instanceof Failure failure && call.blamesServer(failure)) {
			this.failures.incrementAndGet();
		}
	}

	boolean isEmpty() {
		return this.failures.get() == 0;
	}

	boolean isLong() {
		return this.failures.get() >= LONG;
	}

}
