package io.scalesrpc.mux.session;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.time.Ticker;

/**
 * How long the server wants calls (mux, Tlease). Past its end others are asked first,
 * until the next lease; nobody is refused, as in Finagle. <em>Thread-safe</em>.
 */
final class Lease {

	/** None was ever given, or it has no end. */
	private static final long NONE = Long.MAX_VALUE;

	private final Ticker ticker;

	private final long originNanos;

	/** In nanoseconds after the origin, so that readings can be compared. */
	private volatile long endNanos = NONE;

	Lease(Ticker ticker) {
		this.ticker = ticker;
		this.originNanos = ticker.nanos();
	}

	/** Takes a lease, in place of the one before. */
	void begin(long millis) {
		this.endNanos = (this.ticker.nanos() - this.originNanos) + TimeUnit.MILLISECONDS.toNanos(millis);
	}

	boolean isExpired() {
		long end = this.endNanos;
		return end != NONE && this.ticker.nanos() - this.originNanos >= end;
	}

}
