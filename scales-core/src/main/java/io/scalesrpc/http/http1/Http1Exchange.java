package io.scalesrpc.http.http1;

import io.netty.buffer.ByteBuf;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.message.HttpCodec;
import io.scalesrpc.transport.channel.Exchange;

/**
 * A call on an HTTP/1.1 connection. One that is given up when its request was written
 * ends the connection.
 */
final class Http1Exchange extends Exchange<Http1Session> {

	private final HttpCodec codec;

	private final ByteBuf request;

	private final boolean head;

	private final boolean streamed;

	/**
	 * Creates an exchange.
	 * @param session where it takes place
	 * @param call the call
	 * @param codec what made its request
	 * @param given its request
	 * @param request the bytes of it, owned by this
	 */
	Http1Exchange(Http1Session session, Call call, HttpCodec codec, ScalesHttpRequest given, ByteBuf request) {
		super(session, call);
		this.codec = codec;
		this.request = request;
		// The answer to a HEAD has no body, whatever it says.
		this.head = given.method().equals("HEAD");
		this.streamed = given.isStreamed();
	}

	/**
	 * How the call ends with an answer. One that makes no sense ends the call, and what
	 * was thrown then ends the connection.
	 */
	Outcome outcome(ScalesHttpResponse response) {
		try {
			return this.codec.outcome(call(), response);
		}
		catch (Throwable ex) {
			makesNoSense(ex);
			throw ex;
		}
	}

	boolean isHead() {
		return this.head;
	}

	boolean isStreamed() {
		return this.streamed;
	}

	@Override
	protected void send() {
		session().send(this);
	}

	/** Takes the request to write it. */
	ByteBuf takeRequest() {
		written();
		return this.request;
	}

	@Override
	protected void release(boolean unsent) {
		if (unsent) {
			this.request.release();
		}
	}

}
