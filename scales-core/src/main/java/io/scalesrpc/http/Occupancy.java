package io.scalesrpc.http;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * What other threads may know of a connection: whether it takes a call. A call counts
 * from before its request is encoded until nothing of it is left on the connection.
 * <em>Thread-safe</em>.
 */
final class Occupancy {

	private final int maxCalls;

	private final AtomicInteger calls = new AtomicInteger();

	/** OPEN, BUSY while it drains, CLOSED from the moment it must not be used. */
	private volatile SinkState state = SinkState.OPEN;

	/**
	 * Creates the occupancy of a new connection.
	 * @param maxCalls how many calls it takes at a time
	 */
	Occupancy(int maxCalls) {
		this.maxCalls = maxCalls;
	}

	SinkState state() {
		SinkState now = this.state;
		return (now == SinkState.OPEN && this.calls.get() >= this.maxCalls) ? SinkState.BUSY : now;
	}

	boolean isDraining() {
		return this.state == SinkState.BUSY;
	}

	void drain() {
		if (this.state == SinkState.OPEN) {
			this.state = SinkState.BUSY;
		}
	}

	void close() {
		this.state = SinkState.CLOSED;
	}

	/** Takes a call; if not, says why. */
	@Nullable String begin() {
		String refusal = null;
		if (this.state != SinkState.OPEN) {
			refusal = isDraining() ? "connection is draining" : "connection is closed";
		}
		if (this.calls.incrementAndGet() > this.maxCalls) {
			refusal = "calls pending on the connection: " + this.maxCalls + " (expected: fewer than " + this.maxCalls
					+ ")";
		}
		if (refusal != null) {
			finished();
		}
		return refusal;
	}

	/** Nothing of a call is left. */
	void finished() {
		this.calls.decrementAndGet();
	}

	boolean isIdle() {
		return this.calls.get() == 0;
	}

}
