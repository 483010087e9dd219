package io.scalesrpc.server.wire;

import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.handler.codec.CorruptedFrameException;
import io.scalesrpc.mux.ByteBudget;

/**
 * Cuts a stream of framed Thrift into messages and gives each as a Treq of the one tag
 * that such a connection has. A length out of bounds, or one for which the budget has no
 * room, breaks the decoder for good: plain Thrift cannot refuse a message whose name is
 * not there yet. Nothing is allocated by the declared length. <em>Confined to the
 * connection's event loop</em>.
 */
public final class FramedThriftDecoder extends ByteToMessageDecoder {

	private static final int LENGTH_BYTES = 4;

	private final int maxBytes;

	private final ByteBudget budget;

	private boolean broken;

	/** What the budget was asked for, for the message that is coming in. */
	private int held;

	public FramedThriftDecoder(int maxBytes, ByteBudget budget) {
		this.maxBytes = maxBytes;
		this.budget = budget;
	}

	@Override
	protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out) {
		assert context.executor().inEventLoop();
		if (this.broken) {
			in.skipBytes(in.readableBytes());
			return;
		}
		if (in.readableBytes() < LENGTH_BYTES) {
			return;
		}
		int length = in.getInt(in.readerIndex());
		if (length <= 0 || length > this.maxBytes) {
			throw failed(in, "message length: " + length + " (expected: 1.." + this.maxBytes + ")");
		}
		if (in.readableBytes() - LENGTH_BYTES < length) {
			hold(in);
			return;
		}
		giveBack();
		out.add(FramedThrift.treq(context.alloc(), in.skipBytes(LENGTH_BYTES), length));
	}

	private void hold(ByteBuf in) {
		int more = in.readableBytes() - this.held;
		String refusal = this.budget.take(more);
		if (refusal != null) {
			throw failed(in, refusal);
		}
		this.held += more;
	}

	private CorruptedFrameException failed(ByteBuf in, String why) {
		this.broken = true;
		in.skipBytes(in.readableBytes());
		return new CorruptedFrameException(why);
	}

	private void giveBack() {
		this.budget.giveBack(this.held);
		this.held = 0;
	}

	@Override
	protected void handlerRemoved0(ChannelHandlerContext context) {
		giveBack();
	}

}
