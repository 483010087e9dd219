package io.scalesrpc.http.http2;

import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.ScalesHttpRequest;
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

	private final ScalesHttpRequest request;

	private final Http2Headers requestHead;

	private @Nullable Http2Reader answer;

	/**
	 * Creates an exchange.
	 * @param session where it takes place
	 * @param call the call
	 * @param codec what made its request
	 * @param request its request
	 * @param requestHead the head of it
	 */
	Http2Exchange(Http2Session session, Call call, HttpCodec codec, ScalesHttpRequest request,
			Http2Headers requestHead) {
		super(session, call);
		this.codec = codec;
		this.request = request;
		this.requestHead = requestHead;
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

	/** The answer to a HEAD has no body, whatever it says. */
	boolean isHead() {
		return this.request.method().equals("HEAD");
	}

	/** Whether the body of the answer is to be a stream. */
	boolean isStreamed() {
		return this.request.isStreamed();
	}

	Http2Headers requestHead() {
		return this.requestHead;
	}

	byte[] requestBody() {
		return this.request.body();
	}

	/** Opens a stream for the request, or lets it wait for one. */
	@Override
	protected void send() {
		session().streams().enter(this);
	}

	/** The stream of the request was opened. */
	void answeredBy(Http2Reader begun, Http2Stream on) {
		begun.on(on);
		this.answer = begun;
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

	@Override
	protected void release(boolean unsent) {
		if (this.answer != null) {
			this.answer.leave();
		}
	}

}
