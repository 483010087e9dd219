package io.scalesrpc.serial;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.SinkState;

/**
 * What other threads may know of a connection: whether it takes a call. A call counts
 * from before its request is encoded until nothing of it is left on the connection.
 * <em>Thread-safe</em>.
 */
final class SerialStatus {

	private final SerialContext context;

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicLong queuedBytes = new AtomicLong();

	/** OPEN, BUSY while it drains, CLOSED from the moment it must not be used. */
	private volatile SinkState state = SinkState.OPEN;

	SerialStatus(SerialContext context) {
		this.context = context;
	}

	SinkState state() {
		SinkState now = this.state;
		return (now == SinkState.OPEN && this.calls.get() >= this.context.maxCalls()) ? SinkState.BUSY : now;
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
		int most = this.context.maxCalls();
		if (this.calls.incrementAndGet() > most) {
			refusal = "calls pending on the connection: " + most + " (expected: fewer than " + most + ")";
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

	/** Why a request of so many bytes cannot be queued, or null. */
	@Nullable String refusal(int bytes) {
		long queued = this.queuedBytes.get();
		int limit = this.context.limits().maxWriteQueueBytes();
		return (queued > 0 && queued + bytes > limit)
				? "bytes queued for a slow reader: " + queued + " (expected: <= " + limit + ")" : null;
	}

	void queued(int bytes) {
		this.queuedBytes.addAndGet(bytes);
	}

}
