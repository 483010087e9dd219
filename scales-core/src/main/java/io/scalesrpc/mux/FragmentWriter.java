package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

import io.scalesrpc.Internal;

/**
 * One Tdispatch or Rdispatch on its way out in pieces, because its body is larger than
 * the peer takes at once. Pieces are made one by one, so that those of several messages
 * can take turns and a message that was given up is not written to its end. <em>Confined
 * to the connection's event loop</em>.
 */
@Internal
public final class FragmentWriter {

	private final ByteBuf frame;

	private final int header;

	private final int maxBody;

	/**
	 * Takes a message over.
	 * @param frame the complete frame, its size and tag included; owned by the writer
	 * until {@link #release}
	 * @param maxBody the most body bytes a piece may have, at least 1
	 */
	public FragmentWriter(ByteBuf frame, int maxBody) {
		this.frame = frame;
		this.maxBody = maxBody;
		this.header = frame.skipBytes(MuxFrame.LENGTH_BYTES).readInt();
	}

	/**
	 * Whether a frame is too large to be sent in one piece.
	 * @param frame the complete frame, its size included
	 * @param maxBody the most body bytes a piece may have
	 * @return whether it takes a writer to send it
	 */
	public static boolean isNeeded(ByteBuf frame, int maxBody) {
		return frame.readableBytes() - MuxFrame.LENGTH_BYTES - MuxFrame.HEADER_BYTES > maxBody;
	}

	/**
	 * Whether there is another piece.
	 * @return whether {@link #next} may be called
	 */
	public boolean hasNext() {
		return this.frame.isReadable();
	}

	/**
	 * The next piece; the last one carries no fragment bit and is never empty.
	 * @param allocator makes the buffer of the piece's header
	 * @return a complete frame that shares the message's bytes, owned by the caller
	 */
	public ByteBuf next(ByteBufAllocator allocator) {
		int length = Math.min(this.maxBody, this.frame.readableBytes());
		boolean last = (length == this.frame.readableBytes());
		ByteBuf head = allocator.buffer(MuxFrame.LENGTH_BYTES + MuxFrame.HEADER_BYTES)
			.writeInt(MuxFrame.HEADER_BYTES + length)
			.writeInt(last ? this.header : this.header | MuxFrame.FRAGMENT_BIT);
		return allocator.compositeBuffer(2).addComponents(true, head, this.frame.readRetainedSlice(length));
	}

	/** Lets the message go; pieces already made stay valid. */
	public void release() {
		this.frame.release();
	}

}
