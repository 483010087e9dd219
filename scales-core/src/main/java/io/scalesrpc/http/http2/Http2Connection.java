package io.scalesrpc.http.http2;

import io.netty.handler.codec.http2.Http2Headers;
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

	private final Http2RequestHead requestHead;

	/**
	 * Creates a connection.
	 * @param session speaks on the channel
	 * @param authority the member's host and port
	 * @param requestHead makes the heads of requests
	 */
	Http2Connection(Http2Session session, String authority, Http2RequestHead requestHead) {
		super(session, session.context().timer());
		this.session = session;
		this.fields = session.context().fields();
		this.authority = authority;
		this.requestHead = requestHead;
	}

	@Override
	protected Http2Exchange encode(Call call) {
		HttpCodec codec = this.session.context().codecs().get();
		ScalesHttpRequest given = codec.request(call);
		return new Http2Exchange(this.session, call, codec, given, head(call, given));
	}

	private Http2Headers head(Call call, ScalesHttpRequest given) {
		int limit = this.session.context().limits().maxFrameBytes();
		if (given.body().length > limit) {
			throw new IllegalArgumentException("body: " + given.body().length + " bytes (expected: <= " + limit + ")");
		}
		return this.requestHead.of(given, this.fields.of(call, given, this.authority));
	}

	@Override
	public String toString() {
		return this.authority;
	}

}
