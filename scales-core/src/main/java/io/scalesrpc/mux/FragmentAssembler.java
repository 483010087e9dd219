package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

/**
 * The half-received messages of one connection. Pieces are copied together rather than
 * kept as slices: a slice of one byte would keep the whole read buffer alive, and the
 * limit on bytes would limit nothing. <em>Confined to the connection's event loop</em>.
 */
public final class FragmentAssembler {

	private final EventExecutor executor;

	private final ByteBufAllocator allocator;

	private final int maxBytes;

	private final int maxMessages;

	private final IntObjectMap<ByteBuf> halves = new IntObjectHashMap<>();

	private long bytes;

	private boolean closed;

	/**
	 * Creates the assembler of one connection.
	 * @param executor the connection's event loop
	 * @param allocator makes the buffers of half messages
	 * @param maxBytes the most bytes that all half messages, and any completed one, may
	 * have together
	 * @param maxMessages the most half messages at a time
	 */
	public FragmentAssembler(EventExecutor executor, ByteBufAllocator allocator, int maxBytes, int maxMessages) {
		this.executor = executor;
		this.allocator = allocator;
		this.maxBytes = maxBytes;
		this.maxMessages = maxMessages;
	}

	/**
	 * Takes the next frame of the connection.
	 * @param frame a frame from its type on; owned by the assembler, also if it throws
	 * @return the complete message, owned by the caller: the frame itself if it is no
	 * piece of anything; or {@code null} if pieces are missing or the assembler is closed
	 * @throws MuxProtocolException if the piece does not fit what came before or a limit
	 * is passed
	 */
	public @Nullable ByteBuf append(ByteBuf frame) {
		assert this.executor.inEventLoop();
		if (this.closed) {
			frame.release();
			return null;
		}
		boolean more = MuxFrame.isFragment(frame);
		if (!more && (this.halves.isEmpty() || !isDispatch(frame) || !this.halves.containsKey(MuxFrame.tag(frame)))) {
			return frame;
		}
		try {
			ByteBuf half = half(frame);
			add(half, frame);
			return more ? null : remove(MuxFrame.tag(frame));
		}
		finally {
			frame.release();
		}
	}

	/**
	 * Forgets the half message of a tag, if there is one: its request was discarded or
	 * failed.
	 * @param tag the tag
	 * @return whether there was one
	 */
	public boolean discard(int tag) {
		assert this.executor.inEventLoop();
		ByteBuf half = remove(tag);
		return half != null && half.release();
	}

	/**
	 * The bytes of all half messages.
	 * @return zero or more
	 */
	public long bytes() {
		return this.bytes;
	}

	/** Forgets everything; frames that still come are dropped. */
	public void close() {
		assert this.executor.inEventLoop();
		this.closed = true;
		this.halves.values().forEach(ByteBuf::release);
		this.halves.clear();
		this.bytes = 0;
	}

	private ByteBuf half(ByteBuf piece) {
		int type = MuxFrame.type(piece);
		int tag = MuxFrame.tag(piece);
		if (!isDispatch(piece)) {
			throw new MuxProtocolException(
					"fragment: " + MuxType.name(type) + " (expected: Tdispatch or Rdispatch), tag " + tag);
		}
		ByteBuf half = this.halves.get(tag);
		if (half == null) {
			return start(type, tag);
		}
		if (MuxFrame.type(half) != type) {
			throw new MuxProtocolException("fragment: " + MuxType.name(type) + " (expected: "
					+ MuxType.name(MuxFrame.type(half)) + "), tag " + tag);
		}
		return half;
	}

	private ByteBuf start(int type, int tag) {
		if (this.halves.size() >= this.maxMessages) {
			throw new MuxProtocolException(
					"half messages: " + (this.halves.size() + 1) + " (expected: <= " + this.maxMessages + ")");
		}
		ByteBuf half = this.allocator.buffer().writeByte(type).writeMedium(tag);
		this.halves.put(tag, half);
		this.bytes += half.readableBytes();
		return half;
	}

	private void add(ByteBuf half, ByteBuf piece) {
		int length = piece.readableBytes() - MuxFrame.HEADER_BYTES;
		if (this.bytes + length > this.maxBytes) {
			throw new MuxProtocolException("bytes of half messages: " + (this.bytes + length) + " (expected: <= "
					+ this.maxBytes + "), tag " + MuxFrame.tag(piece));
		}
		half.writeBytes(piece, MuxFrame.bodyIndex(piece), length);
		this.bytes += length;
	}

	private @Nullable ByteBuf remove(int tag) {
		ByteBuf half = this.halves.remove(tag);
		if (half != null) {
			this.bytes -= half.readableBytes();
		}
		return half;
	}

	private static boolean isDispatch(ByteBuf frame) {
		int type = MuxFrame.type(frame);
		return type == MuxType.TDISPATCH || type == MuxType.RDISPATCH;
	}

}
