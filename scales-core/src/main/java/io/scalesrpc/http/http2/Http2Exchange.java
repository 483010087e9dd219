package io.scalesrpc.http.http2;

import io.netty.channel.Channel;
import io.netty.handler.codec.http.FullHttpRequest;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.transport.channel.Exchange;
import org.jspecify.annotations.Nullable;

/**
 * A call on an HTTP/2 connection: a stream of its own, which is reset when nobody waits
 * for the answer any more. The other streams of the connection do not notice.
 */
final class Http2Exchange extends Exchange<Http2Session> {

	private final HttpCodec codec;

	private final FullHttpRequest request;

	private final boolean streamed;

	private @Nullable Channel stream;

	/**
	 * Creates an exchange.
	 * @param session where it takes place
	 * @param call the call
	 * @param codec what made its request
	 * @param request its request, owned by this
	 * @param streamed whether the body of the answer is to be a stream
	 */
	Http2Exchange(Http2Session session, Call call, HttpCodec codec, FullHttpRequest request, boolean streamed) {
		super(session, call);
		this.codec = codec;
		this.request = request;
		this.streamed = streamed;
	}

	/** How the call ends with an answer, and its stream with it. */
	Outcome outcome(ScalesHttpResponse response) {
		try {
			return this.codec.outcome(call(), response);
		}
		catch (Throwable ex) {
			return unreadable(ex);
		}
	}

	boolean isHead() {
		return this.request.method().name().equals("HEAD");
	}

	boolean isStreamed() {
		return this.streamed;
	}

	/** Opens a stream for the request, or lets it wait for one. */
	@Override
	protected void send() {
		session().streams().enter(this);
	}

	/** Takes the request to send it. */
	FullHttpRequest takeRequest() {
		written();
		return this.request;
	}

	/** The stream of the request that was taken; it may be too late for it. */
	void stream(Channel opened) {
		this.stream = opened;
		if (isDone()) {
			opened.close();
		}
	}

	/**
	 * The request could not be written. A streamed answer that has begun does not mind:
	 * its stream ends with the connection, once what came before is read.
	 */
	void notWritten(Failure failure) {
		if (isWritten()) {
			end(failure);
		}
	}

	/** The server is told by a reset. */
	@Override
	protected void abandoned(Outcome outcome) {
		if (isWritten()) {
			session().context().metrics().count(Event.DISCARDED);
		}
		else {
			session().streams().givenUp();
		}
	}

	/** A stream that is closed before its end is reset. */
	@Override
	protected void release(boolean unsent) {
		if (unsent) {
			this.request.release();
		}
		if (this.stream != null) {
			this.stream.close();
		}
	}

}
