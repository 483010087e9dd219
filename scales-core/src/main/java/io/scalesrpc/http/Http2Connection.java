package io.scalesrpc.http;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/2 connection as the stack sees it: any number of calls at a time, each on a
 * stream of its own. <em>Thread-safe</em>.
 */
final class Http2Connection implements Connection {

	private final Http2Session session;

	private final Channel channel;

	private final ConnectionEnd end;

	private final RequestFields fields;

	private final String authority;

	/**
	 * Creates a connection.
	 * @param session speaks on the channel
	 * @param authority the member's host and port
	 */
	Http2Connection(Http2Session session, String authority) {
		this.session = session;
		this.channel = session.channel();
		this.end = new ConnectionEnd(session, session.context().timer());
		this.fields = session.context().fields();
		this.authority = authority;
	}

	@Override
	public void dispatch(Call call) {
		if (call.isEnded()) {
			return;
		}
		String refusal = this.session.status().begin();
		if (refusal != null) {
			this.end.refuse(call, refusal, this.session.status());
			return;
		}
		Http2Exchange exchange = encode(call);
		if (exchange != null) {
			send(call, exchange);
		}
	}

	/** Makes a request, or ends its call. */
	private @Nullable Http2Exchange encode(Call call) {
		try {
			HttpCodec codec = this.session.context().codecs().get();
			ScalesHttpRequest given = codec.request(call);
			return new Http2Exchange(this.session, call, codec, request(call, given), given.isStreamed());
		}
		catch (Throwable ex) {
			this.session.status().finished();
			call.end(Failure.of(FailureKind.BUG, "request that cannot be encoded: " + ex.getMessage(), ex));
			return null;
		}
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

	/** Registered first, so that whatever ends the call from here on is seen. */
	private void send(Call call, Http2Exchange exchange) {
		call.onOutcome(exchange);
		try {
			this.channel.eventLoop().execute(exchange);
		}
		catch (RejectedExecutionException ex) {
			exchange.refuse("connection is closed", ex);
		}
	}

	@Override
	public SinkState state() {
		return this.session.status().state();
	}

	@Override
	public boolean isDraining() {
		return this.session.status().isDraining();
	}

	@Override
	public boolean hasServed() {
		return this.session.status().hasServed();
	}

	@Override
	public void onUnsent(Consumer<Call> taker) {
		this.session.status().unsent().to(taker);
	}

	@Override
	public void onClosed(Consumer<@Nullable Failure> listener) {
		this.end.tell(listener);
	}

	@Override
	public CompletionStage<Void> close(Duration grace) {
		return this.end.begin(grace);
	}

	@Override
	public String toString() {
		return this.authority;
	}

}
