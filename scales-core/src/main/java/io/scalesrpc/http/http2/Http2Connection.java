package io.scalesrpc.http.http2;

import java.util.List;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.scalesrpc.call.Call;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.http.message.RequestFields;
import io.scalesrpc.transport.channel.ChannelConnection;

/**
 * An HTTP/2 connection as the stack sees it: any number of calls at a time, each on a
 * stream of its own. <em>Thread-safe</em>.
 */
final class Http2Connection extends ChannelConnection {

	private final Http2Session session;

	private final RequestFields fields;

	private final String authority;

	/**
	 * Creates a connection.
	 * @param session speaks on the channel
	 * @param authority the member's host and port
	 */
	Http2Connection(Http2Session session, String authority) {
		super(session, session.context().timer());
		this.session = session;
		this.fields = session.context().fields();
		this.authority = authority;
	}

	@Override
	protected Http2Exchange encode(Call call) {
		HttpCodec codec = this.session.context().codecs().get();
		ScalesHttpRequest given = codec.request(call);
		return new Http2Exchange(this.session, call, codec, request(call, given), given.isStreamed());
	}

	private FullHttpRequest request(Call call, ScalesHttpRequest given) {
		int limit = this.session.context().limits().maxFrameBytes();
		if (given.body().length > limit) {
			throw new IllegalArgumentException("body: " + given.body().length + " bytes (expected: <= " + limit + ")");
		}
		List<String> headers = this.fields.of(call, given, this.authority);
		FullHttpRequest request = new DefaultFullHttpRequest(HttpVersion.HTTP_1_1, HttpMethod.valueOf(given.method()),
				given.path(), Unpooled.wrappedBuffer(given.body()));
		for (int i = 0; i < headers.size(); i += 2) {
			request.headers().add(headers.get(i), headers.get(i + 1));
		}
		return request;
	}

	@Override
	public String toString() {
		return this.authority;
	}

}
