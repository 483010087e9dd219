package io.scalesrpc.http;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.transport.Connection;
import io.scalesrpc.transport.ConnectionEnd;
import org.jspecify.annotations.Nullable;

/**
 * An HTTP/1.1 connection as the stack sees it: encodes a call on the thread that
 * dispatches it and hands it over to the event loop. While it has a call, or the body of
 * a streamed answer is still coming, it is busy, and from the moment an answer is owed
 * that nobody waits for it is closed. <em>Thread-safe</em>.
 */
final class Http1Connection implements Connection {

	/** Enough for most requests: a buffer that grows is copied. */
	private static final int INITIAL_BYTES = 512;

	private final Http1Session session;

	private final Channel channel;

	private final ConnectionEnd end;

	private final RequestFields fields;

	private final String authority;

	/**
	 * Creates a connection.
	 * @param session speaks on the channel
	 * @param authority the member's host and port, for the Host header
	 */
	Http1Connection(Http1Session session, String authority) {
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
		Http1Exchange exchange = encode(call);
		if (exchange != null) {
			send(call, exchange);
		}
	}

	/** Encodes a request, or ends its call. */
	private @Nullable Http1Exchange encode(Call call) {
		ByteBuf out = this.channel.alloc().buffer(INITIAL_BYTES, maxBytes());
		try {
			HttpCodec codec = this.session.context().codecs().get();
			ScalesHttpRequest request = codec.request(call);
			RequestWriter.write(request, this.fields.of(call, request, this.authority), out);
			return new Http1Exchange(this.session, call, codec, request, out);
		}
		catch (Throwable ex) {
			out.release();
			this.session.status().finished();
			call.end(Failure.of(FailureKind.BUG, "request that cannot be encoded: " + ex.getMessage(), ex));
			return null;
		}
	}

	private int maxBytes() {
		return (int) Math.min(Integer.MAX_VALUE, (long) this.session.context().options().maxHeadBytes()
				+ this.session.context().limits().maxFrameBytes());
	}

	/** Registered first, so that whatever ends the call from here on is seen. */
	private void send(Call call, Http1Exchange exchange) {
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
		return this.session.isForgotten() ? SinkState.CLOSED : this.session.status().state();
	}

	@Override
	public boolean isDraining() {
		return this.session.status().isDraining();
	}

	@Override
	public void whenFree(Runnable listener) {
		this.session.status().whenIdle(listener);
	}

	@Override
	public boolean hasServed() {
		return this.session.status().hasServed();
	}

	@Override
	public void check(Runnable over) {
		this.end.check(over);
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
