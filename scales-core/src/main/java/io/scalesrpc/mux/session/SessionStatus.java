package io.scalesrpc.mux.session;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.transport.TransportLimits;
import io.scalesrpc.transport.UnsentCalls;
import org.jspecify.annotations.Nullable;

/**
 * What other threads may know of a session: whether it takes calls, and how full it is.
 * The session writes the state, callers read it. <em>Thread-safe</em>.
 */
final class SessionStatus {

	/** No lease was ever given, or it has no end. */
	private static final long NO_LEASE = Long.MAX_VALUE;

	private final TransportLimits limits;

	private final Ticker ticker;

	private final AtomicInteger pending = new AtomicInteger();

	private final AtomicLong queuedBytes = new AtomicLong();

	private final long originNanos;

	private volatile SinkState state = SinkState.OPEN;

	private volatile boolean treq;

	/** In nanoseconds after the origin, so that readings can be compared. */
	private volatile long leaseEndNanos = NO_LEASE;

	private volatile boolean served;

	private final UnsentCalls unsent = new UnsentCalls();

	SessionStatus(TransportLimits limits, Ticker ticker) {
		this.limits = limits;
		this.ticker = ticker;
		this.originNanos = ticker.nanos();
	}

	SinkState state() {
		SinkState current = this.state;
		return (current == SinkState.OPEN && leaseExpired()) ? SinkState.BUSY : current;
	}

	void state(SinkState state) {
		this.state = state;
	}

	/** Whether the server has shown that it knows no Tdispatch, only Treq. */
	boolean speaksTreq() {
		return this.treq;
	}

	void speakTreq() {
		this.treq = true;
	}

	/**
	 * Whether no new call is taken while those in flight finish; an expired lease is
	 * something else.
	 */
	boolean isDraining() {
		return this.state == SinkState.BUSY;
	}

	/**
	 * Takes a lease (mux, Tlease): past its end the session is busy until the next one.
	 */
	void lease(long millis) {
		this.leaseEndNanos = (this.ticker.nanos() - this.originNanos) + TimeUnit.MILLISECONDS.toNanos(millis);
	}

	/**
	 * Why a call of a frame this long is not taken, or null. An expired lease alone
	 * refuses nobody, as in Finagle.
	 */
	@Nullable String refusal(int frameBytes) {
		String closed = refusal();
		if (closed != null) {
			return closed;
		}
		if (this.pending.get() >= this.limits.maxPendingCalls()) {
			return "calls pending on the connection: " + this.pending.get() + " (expected: < "
					+ this.limits.maxPendingCalls() + ")";
		}
		if (this.queuedBytes.get() + frameBytes > this.limits.maxWriteQueueBytes() && this.queuedBytes.get() > 0) {
			return "bytes queued for a slow reader: " + this.queuedBytes.get() + " (expected: <= "
					+ this.limits.maxWriteQueueBytes() + ")";
		}
		return null;
	}

	/** Why no call is taken any more, or null. */
	@Nullable String refusal() {
		return switch (this.state) {
			case OPEN, IDLE -> null;
			case BUSY -> "connection is draining";
			case CLOSED -> "connection is closed";
		};
	}

	/** A call was answered. Reads before it writes: every answer comes here. */
	void served() {
		if (!this.served) {
			this.served = true;
		}
	}

	boolean hasServed() {
		return this.served;
	}

	/** Where calls go that were taken and not sent, because the connection ends. */
	UnsentCalls unsent() {
		return this.unsent;
	}

	void callStarted() {
		this.pending.incrementAndGet();
	}

	void callEnded() {
		this.pending.decrementAndGet();
	}

	int pending() {
		return this.pending.get();
	}

	long queuedBytes() {
		return this.queuedBytes.get();
	}

	void queued(int bytes) {
		this.queuedBytes.addAndGet(bytes);
	}

	void unqueued(int bytes) {
		if (bytes > 0) {
			this.queuedBytes.addAndGet(-bytes);
		}
	}

	private boolean leaseExpired() {
		long end = this.leaseEndNanos;
		return end != NO_LEASE && this.ticker.nanos() - this.originNanos >= end;
	}

}
