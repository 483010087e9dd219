package io.scalesrpc.http;

import java.util.concurrent.atomic.AtomicLong;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;

/**
 * Answers one request with a long body, as fast as the client takes it: all bytes of a
 * chunk have its number. <em>Confined to the event loop</em>.
 */
final class Pouring extends ChannelInboundHandlerAdapter {

	static final int CHUNK_BYTES = 16_384;

	private final AtomicLong poured;

	private long chunks;

	private long next;

	Pouring(AtomicLong poured) {
		this.poured = poured;
	}

	/** Is told the path, which ends with the length. */
	@Override
	public void channelRead(ChannelHandlerContext ctx, Object path) {
		this.chunks = Long.parseLong(path.toString().substring("/pour/".length())) / CHUNK_BYTES;
		ctx.write(new DefaultHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.OK));
		pour(ctx);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		pour(ctx);
	}

	private void pour(ChannelHandlerContext ctx) {
		while (ctx.channel().isWritable() && this.next < this.chunks) {
			byte[] chunk = chunk(this.next++);
			ctx.writeAndFlush(new DefaultHttpContent(Unpooled.wrappedBuffer(chunk)))
				.addListener((written) -> this.poured.addAndGet(written.isSuccess() ? chunk.length : 0));
		}
		if (this.next == this.chunks) {
			this.next++;
			ctx.writeAndFlush(new DefaultLastHttpContent());
		}
		ctx.flush();
	}

	static byte[] chunk(long number) {
		byte[] chunk = new byte[CHUNK_BYTES];
		java.util.Arrays.fill(chunk, (byte) number);
		return chunk;
	}

}
