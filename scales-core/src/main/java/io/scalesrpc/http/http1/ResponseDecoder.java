package io.scalesrpc.http.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpResponseDecoder;
import io.netty.util.ReferenceCountUtil;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;

/**
 * Netty's decoder of answers, told which request is being answered: the answer to a HEAD
 * has a length and no body. Bytes that come while nothing was asked end the connection
 * before anybody reads them. <em>Confined to the connection's event loop</em>.
 */
final class ResponseDecoder extends HttpResponseDecoder {

	private static final int MAX_STATUS_LINE_BYTES = 4096;

	/** What one read of the socket brings at most: a larger part would be as good. */
	private static final int MAX_PART_BYTES = 64 * 1024;

	private final ClientMetrics metrics;

	private boolean expected;

	private boolean bodiless;

	ResponseDecoder(ClientMetrics metrics, int maxHeadBytes) {
		super(new HttpDecoderConfig().setMaxInitialLineLength(MAX_STATUS_LINE_BYTES)
			.setMaxHeaderSize(maxHeadBytes)
			.setMaxChunkSize(MAX_PART_BYTES)
			.setStrictLineParsing(true)
			.setUseRfc9112TransferEncoding(true));
		this.metrics = metrics;
	}

	/** A request is being sent. */
	void expect(boolean answerHasNoBody) {
		this.expected = true;
		this.bodiless = answerHasNoBody;
	}

	/**
	 * The answer is complete.
	 * @return whether nothing came after it
	 */
	boolean complete() {
		this.expected = false;
		return actualReadableBytes() == 0;
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
		int bytes = (message instanceof ByteBuf buffer) ? buffer.readableBytes() : 0;
		this.metrics.count(Event.BYTES_RECEIVED, bytes);
		if (this.expected) {
			super.channelRead(ctx, message);
			return;
		}
		ReferenceCountUtil.release(message);
		if (bytes > 0) {
			ctx.fireExceptionCaught(new IllegalStateException("bytes nobody asked for: " + bytes + " (expected: 0)"));
		}
	}

	@Override
	protected boolean isContentAlwaysEmpty(HttpMessage message) {
		return this.bodiless || super.isContentAlwaysEmpty(message);
	}

	/** Two lengths that may differ: a way to smuggle one answer into another. */
	@Override
	protected void handleTransferEncodingChunkedWithContentLength(HttpMessage message) {
		throw new IllegalArgumentException("both Content-Length and Transfer-Encoding (expected: one of them)");
	}

}
