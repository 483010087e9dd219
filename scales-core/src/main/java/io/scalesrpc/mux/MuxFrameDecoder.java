package io.scalesrpc.mux;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.Internal;

/**
 * Cuts the stream into frames from their type on. A request or answer that is too large,
 * or that the budget has no room for while it is coming in, is skipped; a
 * {@link RefusedFrame} stands in for it. Any other size outside its bounds, and a type
 * that does not exist, breaks the decoder for good: it throws once, drops all that
 * follows, and the handler behind it must close the channel. Nothing is allocated by the
 * declared size. Netty's decoder of length fields cannot leave a frame that it has begun,
 * and would swallow a declared 4 GiB in silence. <em>Confined to the connection's event
 * loop</em>.
 */
@Internal
public final class MuxFrameDecoder extends ByteToMessageDecoder {

	private static final int HEAD_BYTES = MuxFrame.LENGTH_BYTES + MuxFrame.HEADER_BYTES;

	private final int maxFrameBytes;

	private final ByteBudget budget;

	private boolean broken;

	/** What is left of a frame that nobody wants. */
	private long toSkip;

	/** What the budget was asked for, for the frame that is coming in. */
	private int held;

	/**
	 * Creates the decoder of one channel.
	 * @param maxFrameBytes the largest size to accept: type, tag and body, in bytes; from
	 * 4 to 2147483642
	 * @param budget bounds the frames that are coming in
	 */
	public MuxFrameDecoder(int maxFrameBytes, ByteBudget budget) {
		this.maxFrameBytes = maxFrameBytes;
		this.budget = budget;
	}

	/**
	 * Whether bytes wait here behind the frame that was given last.
	 * @return {@code false} between frames
	 */
	public boolean holdsBytes() {
		return actualReadableBytes() > 0 || this.toSkip > 0;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		assert context.executor().inEventLoop();
		if (this.broken || this.toSkip > 0) {
			skip(in);
			return;
		}
		Object next = (in.readableBytes() >= MuxFrame.LENGTH_BYTES) ? next(in, size(in)) : null;
		if (next != null) {
			out.add(next);
		}
	}

	private @Nullable Object next(ByteBuf in, long size) {
		if (in.readableBytes() < HEAD_BYTES) {
			return null;
		}
		if (size > this.maxFrameBytes) {
			return refuse(in, Refusal.tooLarge(size, this.maxFrameBytes));
		}
		if (in.readableBytes() < MuxFrame.LENGTH_BYTES + size) {
			return hold(in);
		}
		giveBack();
		ByteBuf frame = in.skipBytes(MuxFrame.LENGTH_BYTES).readRetainedSlice((int) size);
		if (!MuxType.isKnown(MuxFrame.type(frame))) {
			MuxProtocolException failure = unknownType(frame);
			frame.release();
			throw failed(in, failure);
		}
		return frame;
	}

	private long size(ByteBuf in) {
		long size = in.getUnsignedInt(in.readerIndex());
		if (size < MuxFrame.HEADER_BYTES || size > Integer.MAX_VALUE) {
			throw failed(in, badSize(size));
		}
		return size;
	}

	private MuxProtocolException badSize(long size) {
		return new MuxProtocolException(
				"frame size: " + size + " (expected: " + MuxFrame.HEADER_BYTES + ".." + this.maxFrameBytes + ")");
	}

	private static MuxProtocolException unknownType(ByteBuf frame) {
		return new MuxProtocolException(
				"type: " + MuxFrame.type(frame) + " (expected: a mux message type), tag " + MuxFrame.tag(frame));
	}

	/** Counts the frame that is coming in. */
	private @Nullable RefusedFrame hold(ByteBuf in) {
		int more = in.readableBytes() - this.held;
		String refusal = this.budget.take(more);
		if (refusal != null) {
			return refuse(in, Refusal.overload(refusal));
		}
		this.held += more;
		return null;
	}

	/** A size that belongs to no request or answer is not believed. */
	private RefusedFrame refuse(ByteBuf in, Refusal refusal) {
		ByteBuf frame = in.slice(in.readerIndex() + MuxFrame.LENGTH_BYTES, MuxFrame.HEADER_BYTES);
		long size = in.getUnsignedInt(in.readerIndex());
		if (!MuxType.carriesMessage(MuxFrame.type(frame))) {
			throw failed(in, refusal.transientOverload() ? new MuxProtocolException(refusal.why()) : badSize(size));
		}
		RefusedFrame refused = new RefusedFrame(MuxFrame.type(frame), MuxFrame.tag(frame), MuxFrame.isFragment(frame),
				refusal);
		giveBack();
		this.toSkip = MuxFrame.LENGTH_BYTES + size;
		skip(in);
		return refused;
	}

	private void skip(ByteBuf in) {
		int count = this.broken ? in.readableBytes() : (int) Math.min(this.toSkip, in.readableBytes());
		in.skipBytes(count);
		this.toSkip -= count;
	}

	private void giveBack() {
		this.budget.giveBack(this.held);
		this.held = 0;
	}

	@Override
	protected void handlerRemoved0(ChannelHandlerContext context) {
		giveBack();
	}

	private MuxProtocolException failed(ByteBuf in, MuxProtocolException failure) {
		this.broken = true;
		skip(in);
		return failure;
	}

}
