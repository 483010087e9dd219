package io.scalesrpc.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.scalesrpc.Internal;

/**
 * How large the messages of late were: a buffer that has room for them from the start
 * need not grow, which copies it and takes the allocator longer than all else. A guess,
 * so that of two sizes that are added at once one may be forgotten. <em>Thread-safe</em>.
 */
@Internal
public final class UsualSize {

	/** Enough for most messages, and what larger ones are rounded up to. */
	private static final int LEAST = 256;

	/** However large messages were. */
	private static final int MOST = 32 * 1024;

	private volatile int bytes = LEAST;

	/**
	 * What a buffer for the next message should have.
	 * @return from 256 bytes to 32 KiB
	 */
	public int bytes() {
		return this.bytes;
	}

	/**
	 * Makes a buffer for the next message.
	 * @param allocator makes it
	 * @param maxBytes what it may grow to, at least 1
	 * @return the buffer, owned by the caller
	 */
	public ByteBuf buffer(ByteBufAllocator allocator, int maxBytes) {
		return allocator.buffer(Math.min(this.bytes, maxBytes), maxBytes);
	}

	/**
	 * Takes note of a message. A large one is soon forgotten, by half with each that
	 * follows: all buffers together have no more than three times what they are for, and
	 * 512 bytes each.
	 * @param size its bytes
	 */
	public void add(int size) {
		int before = this.bytes;
		int rounded = (Math.min(size, MOST) + LEAST - 1) / LEAST * LEAST;
		int now = Math.max(rounded, Math.max(LEAST, before / 2));
		// Most messages are small, and nothing is written for them.
		if (now != before) {
			this.bytes = now;
		}
	}

}
