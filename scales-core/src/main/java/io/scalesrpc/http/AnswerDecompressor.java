package io.scalesrpc.http;

import java.util.List;
import java.util.function.Predicate;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpContentDecompressor;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import org.jspecify.annotations.Nullable;

/**
 * Netty's decompressor for answers that are whole. It unpacks all that was read at once,
 * which may be a thousand times as much, so streamed ones go by it packed. <em>Confined
 * to the connection's event loop</em>.
 */
final class AnswerDecompressor extends HttpContentDecompressor {

	private final Predicate<HttpResponse> streamed;

	private boolean passing;

	/**
	 * Creates a decompressor.
	 * @param streamed tells of the head of an answer whether that is a stream
	 * @param maxBytes how much it holds at once
	 */
	AnswerDecompressor(Predicate<HttpResponse> streamed, int maxBytes) {
		super(maxBytes);
		this.streamed = streamed;
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, HttpObject message, List<Object> out) throws Exception {
		if (message instanceof HttpResponse head) {
			this.passing = this.streamed.test(head);
		}
		super.decode(ctx, message, out);
	}

	@Override
	protected @Nullable EmbeddedChannel newContentDecoder(String contentEncoding) throws Exception {
		return this.passing ? null : super.newContentDecoder(contentEncoding);
	}

}
