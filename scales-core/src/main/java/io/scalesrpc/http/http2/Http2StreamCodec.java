package io.scalesrpc.http.http2;

import java.util.List;
import java.util.Map;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.DefaultHttpResponse;
import io.netty.handler.codec.http.DefaultLastHttpContent;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2DataFrame;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersFrame;
import io.netty.handler.codec.http2.Http2StreamFrame;
import io.netty.handler.codec.http2.Http2StreamFrameToHttpObjectCodec;

/**
 * Writes requests as frames as Netty does, and reads the frames of answers without the
 * headers that Netty makes up for them ({@code transfer-encoding},
 * {@code x-http2-stream-id}): callers hand answers on. <em>Confined to the connection's
 * event loop</em>.
 */
final class Http2StreamCodec extends Http2StreamFrameToHttpObjectCodec {

	Http2StreamCodec() {
		super(false);
	}

	@Override
	protected void decode(ChannelHandlerContext ctx, Http2StreamFrame frame, List<Object> out) {
		if (frame instanceof Http2HeadersFrame headers) {
			decode(headers, out);
		}
		else if (frame instanceof Http2DataFrame data) {
			out.add(data.isEndStream() ? new DefaultLastHttpContent(data.content().retain())
					: new DefaultHttpContent(data.content().retain()));
		}
	}

	private static void decode(Http2HeadersFrame frame, List<Object> out) {
		CharSequence status = frame.headers().status();
		if (status != null) {
			DefaultHttpResponse head = new DefaultHttpResponse(HttpVersion.HTTP_1_1, status(status));
			copy(frame.headers(), head.headers());
			out.add(head);
		}
		if (frame.isEndStream()) {
			out.add((status != null) ? LastHttpContent.EMPTY_LAST_CONTENT : trailers(frame.headers()));
		}
	}

	private static LastHttpContent trailers(Http2Headers fields) {
		DefaultLastHttpContent last = new DefaultLastHttpContent();
		copy(fields, last.trailingHeaders());
		return last;
	}

	private static HttpResponseStatus status(CharSequence text) {
		return HttpResponseStatus.valueOf(Integer.parseInt(text, 0, text.length(), 10));
	}

	/** Those that begin with a colon are HTTP/2's own. */
	private static void copy(Http2Headers from, HttpHeaders to) {
		for (Map.Entry<CharSequence, CharSequence> field : from) {
			if (!Http2Headers.PseudoHeaderName.hasPseudoHeaderFormat(field.getKey())) {
				to.add(field.getKey(), field.getValue());
			}
		}
	}

}
