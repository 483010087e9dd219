package io.scalesrpc.server;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what a server has taken in: the calls, and the bytes of those that no handler
 * has read yet. <em>Thread-safe</em>.
 */
final class CallLimiter {

	private final int maxCalls;

	private final long maxBytes;

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	CallLimiter(int maxCalls, long maxBytes) {
		this.maxCalls = maxCalls;
		this.maxBytes = maxBytes;
	}

	/** Whether there is room; if so, both must be given back, each once. */
	boolean tryTake(int size) {
		if (this.calls.incrementAndGet() > this.maxCalls) {
			this.calls.decrementAndGet();
			return false;
		}
		if (this.bytes.addAndGet(size) > this.maxBytes) {
			this.bytes.addAndGet(-size);
			this.calls.decrementAndGet();
			return false;
		}
		return true;
	}

	void giveBackBytes(int size) {
		this.bytes.addAndGet(-size);
	}

	void giveBackCall() {
		this.calls.decrementAndGet();
	}

}
