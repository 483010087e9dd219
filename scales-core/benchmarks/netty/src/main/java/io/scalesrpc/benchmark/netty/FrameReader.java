package io.scalesrpc.benchmark.netty;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.ByteToMessageDecoder;
import org.jspecify.annotations.Nullable;

/**
 * Finds the frames in what is read, without an object for each. <em>Confined to the event
 * loop</em>.
 */
abstract class FrameReader extends ChannelInboundHandlerAdapter {

	private @Nullable ByteBuf unread;

	/**
	 * Takes the next frame, if it is there to its end.
	 * @param in begins with the frame; its reader index is moved behind it
	 * @return whether there was one
	 */
	abstract boolean read(ByteBuf in);

	/** Told when all frames of a turn have been read. */
	abstract void readAll();

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf in = (ByteBuf) message;
		ByteBuf earlier = this.unread;
		if (earlier != null) {
			in = ByteToMessageDecoder.MERGE_CUMULATOR.cumulate(ctx.alloc(), earlier, in);
		}
		while (in.isReadable()) {
			if (!read(in)) {
				break;
			}
		}
		if (in.isReadable()) {
			this.unread = in;
		}
		else {
			this.unread = null;
			in.release();
		}
	}

	@Override
	public void channelReadComplete(ChannelHandlerContext ctx) {
		readAll();
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		cause.printStackTrace();
		ctx.close();
	}

	/**
	 * The end of a frame that begins with its length in four bytes.
	 * @return the index behind it; -1 if not all of it is there
	 */
	static int frameEnd(ByteBuf in) {
		if (in.readableBytes() < Integer.BYTES) {
			return -1;
		}
		int end = in.readerIndex() + Integer.BYTES + in.getInt(in.readerIndex());
		return (end <= in.writerIndex()) ? end : -1;
	}

}
