package io.scalesrpc.mux;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.LengthFieldBasedFrameDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the stream into frames from their type on. A size outside its bounds or a type
 * that does not exist breaks the decoder for good: it throws once, drops all that
 * follows, and the handler behind it must close the channel. That is unlike its
 * superclass, which would swallow a declared 4 GiB in silence. Nothing is allocated by
 * the declared size. <em>Confined to the connection's event loop</em>.
 */
public final class MuxFrameDecoder extends LengthFieldBasedFrameDecoder {

	private final int maxFrameBytes;

	private boolean broken;

	/**
	 * Creates the decoder of one channel.
	 * @param maxFrameBytes the largest size to accept: type, tag and body, in bytes; from
	 * 4 to 2147483642
	 */
	public MuxFrameDecoder(int maxFrameBytes) {
		super(Integer.MAX_VALUE, 0, MuxFrame.LENGTH_BYTES, 0, MuxFrame.LENGTH_BYTES);
		this.maxFrameBytes = maxFrameBytes;
	}

	/**
	 * Whether bytes wait here behind the frame that was given last.
	 * @return {@code false} between frames
	 */
	public boolean holdsBytes() {
		return actualReadableBytes() > 0;
	}

	@Override
	protected @Nullable Object decode(ChannelHandlerContext context, ByteBuf in) throws Exception {
		assert context.executor().inEventLoop();
		if (this.broken) {
			in.skipBytes(in.readableBytes());
			return null;
		}
		checkSize(in);
		ByteBuf frame = (ByteBuf) super.decode(context, in);
		if (frame != null && !MuxType.isKnown(MuxFrame.type(frame))) {
			MuxProtocolException failure = new MuxProtocolException(
					"type: " + MuxFrame.type(frame) + " (expected: a mux message type), tag " + MuxFrame.tag(frame));
			frame.release();
			throw failed(in, failure);
		}
		return frame;
	}

	/** Before the superclass waits for the bytes or discards them. */
	private void checkSize(ByteBuf in) {
		if (in.readableBytes() < MuxFrame.LENGTH_BYTES) {
			return;
		}
		long size = in.getUnsignedInt(in.readerIndex());
		if (size < MuxFrame.HEADER_BYTES || size > this.maxFrameBytes) {
			throw failed(in, new MuxProtocolException(
					"frame size: " + size + " (expected: " + MuxFrame.HEADER_BYTES + ".." + this.maxFrameBytes + ")"));
		}
	}

	private MuxProtocolException failed(ByteBuf in, MuxProtocolException failure) {
		this.broken = true;
		in.skipBytes(in.readableBytes());
		return failure;
	}

}
