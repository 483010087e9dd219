package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * The half-received messages of one connection. Each message has its limit, their sum
 * another one; a message that passes one is given up, its owner is told, and the rest of
 * its pieces is dropped. Pieces are copied together rather than kept as slices: a slice
 * of one byte would keep the whole read buffer alive, and the limits would limit nothing.
 * <em>Confined to the connection's event loop</em>.
 */
@Internal
public final class FragmentAssembler {

	private final EventExecutor executor;

	private final ByteBufAllocator allocator;

	private final Limits limits;

	private final Owner owner;

	private final IntObjectMap<Half> halves = new IntObjectHashMap<>();

	private long bytes;

	private int kept;

	private boolean closed;

	/**
	 * Creates the assembler of one connection.
	 * @param executor the connection's event loop
	 * @param allocator makes the buffers of half messages
	 * @param limits how much is kept
	 * @param owner told what is not
	 */
	public FragmentAssembler(EventExecutor executor, ByteBufAllocator allocator, Limits limits, Owner owner) {
		this.executor = executor;
		this.allocator = allocator;
		this.limits = limits;
		this.owner = owner;
	}

	/**
	 * Takes the next frame of the connection.
	 * @param frame a frame from its type on; owned by the assembler, also if it throws
	 * @return the complete message, owned by the caller: the frame itself if it is no
	 * piece of anything; or {@code null} if pieces are missing, the message was given up,
	 * or the assembler is closed
	 * @throws MuxProtocolException if the piece does not fit what came before, or more
	 * messages were given up than there can be
	 */
	public @Nullable ByteBuf append(ByteBuf frame) {
		assert this.executor.inEventLoop();
		if (this.closed) {
			frame.release();
			return null;
		}
		boolean more = MuxFrame.isFragment(frame);
		if (!more && (this.halves.isEmpty() || !endsHalf(frame))) {
			return frame;
		}
		try {
			return append(frame, more);
		}
		finally {
			frame.release();
		}
	}

	private @Nullable ByteBuf append(ByteBuf piece, boolean more) {
		int tag = MuxFrame.tag(piece);
		Half half = half(MuxFrame.type(piece), tag);
		Refusal refusal = (half.message != null) ? add(half, piece) : null;
		if (refusal != null) {
			giveUp(half, tag, refusal, more);
		}
		return more ? null : end(half, tag);
	}

	/**
	 * Takes note of a frame that was skipped: its message will never be complete.
	 * @param frame stands for it
	 * @throws MuxProtocolException as for {@link #append}
	 */
	public void refuse(RefusedFrame frame) {
		assert this.executor.inEventLoop();
		if (this.closed) {
			return;
		}
		Half half = half(frame.type(), frame.tag());
		if (half.refusal == null) {
			giveUp(half, frame.tag(), frame.refusal(), frame.more());
		}
		if (!frame.more()) {
			end(half, frame.tag());
		}
	}

	/**
	 * Keeps the half message of a tag no longer, if there is one: nobody waits for it any
	 * more. The rest of it is dropped.
	 * @param tag the tag
	 */
	public void unwanted(int tag) {
		assert this.executor.inEventLoop();
		Half half = this.halves.get(tag);
		if (half != null) {
			letGo(half);
		}
	}

	/**
	 * Forgets the half message of a tag, if there is one: its request was discarded or
	 * failed, and no more of it comes.
	 * @param tag the tag
	 * @return whether there was one
	 */
	public boolean discard(int tag) {
		assert this.executor.inEventLoop();
		Half half = this.halves.remove(tag);
		if (half != null) {
			letGo(half);
		}
		return half != null;
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
		this.halves.values().forEach(this::letGo);
		this.halves.clear();
	}

	/** Any other message may pass between the pieces of one. */
	private boolean endsHalf(ByteBuf frame) {
		Half half = this.halves.get(MuxFrame.tag(frame));
		int type = MuxFrame.type(frame);
		return half != null && (half.type == type || MuxType.carriesMessage(type));
	}

	private Half half(int type, int tag) {
		Half half = this.halves.get(tag);
		if (half == null) {
			return start(type, tag);
		}
		if (half.type != type) {
			throw new MuxProtocolException(
					"fragment: " + MuxType.name(type) + " (expected: " + MuxType.name(half.type) + "), tag " + tag);
		}
		return half;
	}

	private Half start(int type, int tag) {
		if (this.halves.size() - this.kept >= this.limits.maxMessages) {
			throw new MuxProtocolException("half messages that were given up: " + (this.halves.size() - this.kept)
					+ " (expected: < " + this.limits.maxMessages + ")");
		}
		Half half = new Half(type);
		this.halves.put(tag, half);
		if (this.owner.wants(type, tag)) {
			half.message = this.allocator.buffer().writeByte(type).writeMedium(tag);
			this.kept++;
		}
		return half;
	}

	/** Null, or why the piece is not taken. */
	private @Nullable Refusal add(Half half, ByteBuf piece) {
		ByteBuf message = half.message();
		int length = piece.readableBytes() - MuxFrame.HEADER_BYTES;
		long size = (long) message.readableBytes() + length;
		if (size > this.limits.maxMessageBytes) {
			return Refusal.tooLarge(size, this.limits.maxMessageBytes);
		}
		if (this.kept > this.limits.maxMessages) {
			return Refusal.overload("half messages: " + this.kept + " (expected: <= " + this.limits.maxMessages + ")");
		}
		int counted = (half.counted == 0) ? length + MuxFrame.HEADER_BYTES : length;
		String refusal = this.limits.budget.take(counted);
		if (refusal != null) {
			return Refusal.overload(refusal);
		}
		half.counted += counted;
		this.bytes += counted;
		message.writeBytes(piece, MuxFrame.bodyIndex(piece), length);
		return null;
	}

	private void giveUp(Half half, int tag, Refusal refusal, boolean more) {
		if (!MuxType.carriesMessage(half.type)) {
			throw new MuxProtocolException(MuxType.name(half.type) + " in pieces: " + refusal.why());
		}
		letGo(half);
		half.refusal = refusal;
		if (more) {
			this.owner.givenUp(half.type, tag, refusal);
		}
	}

	private @Nullable ByteBuf end(Half half, int tag) {
		this.halves.remove(tag);
		ByteBuf message = half.message;
		if (message == null) {
			this.owner.dropped(half.type, tag, half.refusal);
			return null;
		}
		message.retain();
		letGo(half);
		return message;
	}

	private void letGo(Half half) {
		ByteBuf message = half.message;
		if (message != null) {
			half.message = null;
			this.kept--;
			this.bytes -= half.counted;
			this.limits.budget.giveBack(half.counted);
			message.release();
		}
	}

	/**
	 * How much is kept of one connection. <em>Immutable</em>.
	 *
	 * @param maxMessageBytes the most that one message may have, from its type on
	 * @param maxMessages the most half messages at a time
	 * @param budget for the bytes of all of them
	 */
	public record Limits(int maxMessageBytes, int maxMessages, ByteBudget budget) {
	}

	/**
	 * Whose messages they are. Called on the connection's event loop; may discard, and
	 * may close the assembler.
	 */
	public interface Owner {

		/**
		 * Whether a message that begins is worth keeping.
		 * @param type its type
		 * @param tag its tag
		 * @return if {@code false} it is dropped
		 */
		boolean wants(int type, int tag);

		/**
		 * A message is given up, although more of it will come.
		 * @param type its type
		 * @param tag its tag
		 * @param refusal the limit that it passed
		 */
		void givenUp(int type, int tag, Refusal refusal);

		/**
		 * The end of a message that was not kept has come.
		 * @param type its type
		 * @param tag its tag
		 * @param refusal the limit that it passed; {@code null} if it was not wanted
		 */
		void dropped(int type, int tag, @Nullable Refusal refusal);

	}

	/** One message. <em>Confined to the connection's event loop</em>. */
	private static final class Half {

		private final int type;

		/** What has come; null if it is not kept. */
		private @Nullable ByteBuf message;

		private int counted;

		private @Nullable Refusal refusal;

		Half(int type) {
			this.type = type;
		}

		ByteBuf message() {
			if (this.message == null) {
				throw new IllegalStateException("half message: none (expected: one that is kept)");
			}
			return this.message;
		}

	}

}
