package io.scalesrpc.server.limit;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Bounds what a server has taken in: the calls, those of each connection, and the bytes
 * of those that no handler has read yet. <em>Thread-safe</em>.
 */
public final class CallLimiter {

	/**
	 * A connection may hold this many times what is free: the more connections want, the
	 * less each has, and something is left for the next (Choudhury and Hahne, Dynamic
	 * Queue Length Thresholds, 1998).
	 */
	private static final int SHARE_OF_FREE = 3;

	private final int maxCalls;

	private final int maxCallsOfOne;

	private final long maxBytes;

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicLong bytes = new AtomicLong();

	public CallLimiter(int maxCalls, int maxCallsOfOne, long maxBytes) {
		this.maxCalls = maxCalls;
		this.maxCallsOfOne = maxCallsOfOne;
		this.maxBytes = maxBytes;
	}

	/**
	 * Whether there is room; if so, all must be given back, each once.
	 * @param size the bytes of the request
	 * @param ofConnection the calls of its connection
	 */
	public boolean tryTake(int size, AtomicInteger ofConnection) {
		int before = this.calls.getAndIncrement();
		int ownBefore = ofConnection.getAndIncrement();
		if (before >= this.maxCalls || ownBefore >= share(this.maxCalls - before)) {
			giveBackCall(ofConnection);
			return false;
		}
		if (this.bytes.addAndGet(size) > this.maxBytes) {
			this.bytes.addAndGet(-size);
			giveBackCall(ofConnection);
			return false;
		}
		return true;
	}

	private long share(int free) {
		return (this.maxCallsOfOne > 0) ? this.maxCallsOfOne : (long) SHARE_OF_FREE * free;
	}

	public void giveBackBytes(int size) {
		this.bytes.addAndGet(-size);
	}

	public void giveBackCall(AtomicInteger ofConnection) {
		this.calls.decrementAndGet();
		ofConnection.decrementAndGet();
	}

}
