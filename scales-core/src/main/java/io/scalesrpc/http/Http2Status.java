package io.scalesrpc.http;

import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * What other threads may know of an HTTP/2 connection: whether it takes calls, and how
 * many it has. <em>Thread-safe</em>.
 */
final class Http2Status {

	private final int maxCalls;

	private final AtomicInteger calls = new AtomicInteger();

	/** OPEN, BUSY while it drains, CLOSED from the moment it must not be used. */
	private volatile SinkState state = SinkState.OPEN;

	Http2Status(int maxCalls) {
		this.maxCalls = maxCalls;
	}

	SinkState state() {
		return this.state;
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
