package io.scalesrpc.mux.session;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.time.Ticker;

/**
 * Answers to tags that nobody holds: counted elsewhere and dropped, because tags,
 * sequence ids and names keep them from any call. A server that sends many more of them
 * than answers is another matter. <em>Confined to the connection's event loop</em>.
 */
final class Strays {

	/** More of them within a window, beside those the answers allow, are a flood. */
	static final int ALLOWED = 1000;

	/** A server that answers everything twice or three times is only odd. */
	static final int ALLOWED_PER_ANSWER = 4;

	static final long WINDOW_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Ticker ticker;

	private long windowStart;

	private long answers;

	private long strays;

	Strays(Ticker ticker) {
		this.ticker = ticker;
		this.windowStart = ticker.nanos();
	}

	/** Takes note of an answer that somebody waited for, or had. */
	void answer() {
		this.answers++;
	}

	/** Takes note of a stray one; whether it is one of a flood. */
	boolean isFlood() {
		long now = this.ticker.nanos();
		if (now - this.windowStart >= WINDOW_NANOS) {
			this.windowStart = now;
			this.answers = 0;
			this.strays = 0;
		}
		return ++this.strays > ALLOWED + ALLOWED_PER_ANSWER * this.answers;
	}

}
