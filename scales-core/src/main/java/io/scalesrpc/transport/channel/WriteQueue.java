package io.scalesrpc.transport.channel;

import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a connection that wait for a slow reader. <em>Thread-safe</em>.
 */
@Internal
public final class WriteQueue {

	private final int limit;

	private final AtomicLong queuedBytes = new AtomicLong();

	/**
	 * Creates an empty queue.
	 * @param limit how many bytes may wait; a single request may be larger
	 */
	public WriteQueue(int limit) {
		this.limit = limit;
	}

	/**
	 * Lets a request wait.
	 * @param bytes how long it is
	 * @return {@code null}, or why it cannot
	 */
	public @Nullable String add(int bytes) {
		long queued = this.queuedBytes.get();
		if (queued > 0 && queued + bytes > this.limit) {
			return "bytes queued for a slow reader: " + queued + " (expected: <= " + this.limit + ")";
		}
		this.queuedBytes.addAndGet(bytes);
		return null;
	}

	/**
	 * A request has left, or cannot any more.
	 * @param bytes how long it was
	 */
	public void remove(int bytes) {
		this.queuedBytes.addAndGet(-bytes);
	}

	/**
	 * How many bytes wait.
	 * @return zero or more
	 */
	public long bytes() {
		return this.queuedBytes.get();
	}

}
