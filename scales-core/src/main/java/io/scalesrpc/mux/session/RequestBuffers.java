package io.scalesrpc.mux.session;

import java.util.concurrent.atomic.AtomicReferenceArray;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.scalesrpc.transport.UsualSize;
import org.jspecify.annotations.Nullable;

/**
 * Buffers for the requests of one connection. Small requests are copied into one write as
 * a rule, and their buffers are free again at once: those are kept for the next calls,
 * which spares their way through Netty's allocator from thread to thread and the stack
 * traces by which it looks for leaks. <em>Thread-safe</em>: any thread takes, the
 * connection's event loop gives back.
 */
final class RequestBuffers {

	/** A buffer that has grown larger is not kept: 64 KiB a connection at most. */
	private static final int MAX_KEPT_BYTES = 1024;

	/** How many are kept at most: the requests of a busy turn. A power of two. */
	static final int MAX_KEPT = 64;

	private final Channel channel;

	private final int maxBytes;

	private final UsualSize usual = new UsualSize();

	/** A ring: those from {@link #first} on are free. */
	private final AtomicReferenceArray<@Nullable ByteBuf> ring = new AtomicReferenceArray<>(MAX_KEPT);

	/** Moved by the one thread that has emptied its place. */
	private volatile int first;

	/** The place behind the last; confined to the event loop, as what follows. */
	private int end;

	private boolean closed;

	/**
	 * Creates the buffers of a connection, none at first.
	 * @param channel makes them
	 * @param maxBytes how large a request may be, its length included
	 */
	RequestBuffers(Channel channel, int maxBytes) {
		this.channel = channel;
		this.maxBytes = maxBytes;
	}

	/**
	 * Takes a buffer, empty, which is the caller's.
	 */
	ByteBuf take() {
		if (this.usual.bytes() > MAX_KEPT_BYTES) {
			return create();
		}
		int place = this.first;
		ByteBuf free = this.ring.getAndSet(place & (MAX_KEPT - 1), null);
		if (free == null) {
			return create();
		}
		this.first = place + 1;
		return free;
	}

	private ByteBuf create() {
		return this.usual.buffer(this.channel.alloc(), this.maxBytes);
	}

	/**
	 * Takes note of a request, so that the buffers of those to come need not grow.
	 * @param bytes how large it was
	 */
	void used(int bytes) {
		this.usual.add(bytes);
	}

	/**
	 * Lets go of a buffer: one that was taken is kept for others, if there is room.
	 * @param buffer nobody uses it any more
	 */
	void giveBack(ByteBuf buffer) {
		assert this.channel.eventLoop().inEventLoop();
		int place = this.end & (MAX_KEPT - 1);
		if (isWorthKeeping(buffer) && this.ring.get(place) == null) {
			this.ring.setRelease(place, buffer.clear());
			this.end++;
		}
		else {
			buffer.release();
		}
	}

	private boolean isWorthKeeping(ByteBuf buffer) {
		boolean wasTaken = buffer.maxCapacity() == this.maxBytes;
		return wasTaken && buffer.capacity() <= MAX_KEPT_BYTES && !this.closed;
	}

	/** Lets go of what is kept; nothing is kept from now on. */
	void close() {
		assert this.channel.eventLoop().inEventLoop();
		this.closed = true;
		for (int place = 0; place < MAX_KEPT; place++) {
			ByteBuf free = this.ring.getAndSet(place, null);
			if (free != null) {
				free.release();
			}
		}
	}

}
