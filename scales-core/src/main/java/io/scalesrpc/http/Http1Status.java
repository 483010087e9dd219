package io.scalesrpc.http;

import java.util.concurrent.atomic.AtomicBoolean;

import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * What other threads may know of a connection: whether it takes a call. It takes one at a
 * time, from before its request is encoded until nothing of it is left on the connection.
 * <em>Thread-safe</em>.
 */
final class Http1Status {

	private final AtomicBoolean taken = new AtomicBoolean();

	/** OPEN, BUSY while it drains, CLOSED from the moment it must not be used. */
	private volatile SinkState state = SinkState.OPEN;

	SinkState state() {
		SinkState now = this.state;
		return (now == SinkState.OPEN && this.taken.get()) ? SinkState.BUSY : now;
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
		if (this.state != SinkState.OPEN) {
			return isDraining() ? "connection is draining" : "connection is closed";
		}
		return this.taken.compareAndSet(false, true) ? null : "connection has a call (expected: none)";
	}

	/** Nothing of the call is left. */
	void finished() {
		this.taken.set(false);
	}

	boolean isIdle() {
		return !this.taken.get();
	}

}
