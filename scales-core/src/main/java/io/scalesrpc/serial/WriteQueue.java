package io.scalesrpc.serial;

import java.util.concurrent.atomic.AtomicLong;

import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection that wait for a slow reader. <em>Thread-safe</em>.
 */
final class WriteQueue {

	private final int limit;

	private final AtomicLong queuedBytes = new AtomicLong();

	/**
	 * Creates an empty queue.
	 * @param limit how many bytes may wait; a single request may be larger
	 */
	WriteQueue(int limit) {
		this.limit = limit;
	}

	/** Why a request of so many bytes cannot be queued, or null. */
	@Nullable String refusal(int bytes) {
		long queued = this.queuedBytes.get();
		return (queued > 0 && queued + bytes > this.limit)
				? "bytes queued for a slow reader: " + queued + " (expected: <= " + this.limit + ")" : null;
	}

	void queued(int bytes) {
		this.queuedBytes.addAndGet(bytes);
	}

}
