package io.scalesrpc.http.message;

import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.scalesrpc.call.Failure;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.http.body.PartSource;
import io.scalesrpc.http.body.ResponseStream;

/**
 * An answer whose body is handed on as it comes. The bytes are copied, so nothing of the
 * connection's memory leaves it. <em>Confined to the connection's event loop</em>.
 *
 * @param response what ends the call
 * @param body takes the parts
 * @param head what came before the body
 */
public record StreamedResponse(ScalesHttpResponse response, ResponseStream body, ResponseHead head) {

	private static final byte[] NO_BYTES = {};

	/**
	 * Whether the answer to a request that asks for a stream is one. What its status says
	 * must be known to retries and breakers, with its text, so a failure is whole.
	 */
	public static boolean is(ResponseHead head, HttpContext context) {
		return !context.options().rules().isFailure(head.status());
	}

	/**
	 * Begins an answer.
	 * @param head its head
	 * @param context what all connections share
	 * @param loop the connection's event loop
	 * @param onWanted told that some more of the body is wanted; on the event loop
	 * @param onGivenUp told that nobody wants the rest of the body; on the event loop
	 * @return the answer, whose body has not begun
	 */
	public static StreamedResponse of(ResponseHead head, HttpContext context, Executor loop, Runnable onWanted,
			Runnable onGivenUp) {
		ResponseStream body = new ResponseStream(new Parts(loop, onWanted, onGivenUp), head.contentEncoding(),
				context.timer(), context.ticker(), context.options().times().bodyIdle());
		return new StreamedResponse(head.with(NO_BYTES, HttpFields.empty()).streaming(body), body, head);
	}

	/** The connection begins to hold the body. */
	public void begin() {
		this.body.begin();
	}

	/** An empty part asks for the next; behind an empty last one there is none. */
	public void add(ByteBuf part, boolean last) {
		if (!last || part.isReadable()) {
			this.body.add(ByteBufUtil.getBytes(part));
		}
	}

	/** A part of the body came, which belongs to its reader from now on. */
	public void add(byte[] part) {
		this.body.add(part);
	}

	/** All of it came; the trailers are there before its reader is told. */
	public void complete(HttpFields trailers) {
		this.response.trailers(trailers);
		this.body.complete();
	}

	public void fail(Failure failure) {
		this.body.fail(new IOException(failure.reason(), failure.cause()));
	}

	/**
	 * The connection that brings the parts. <em>Confined to its event loop</em>, but for
	 * {@link #execute}.
	 *
	 * @param loop the event loop
	 * @param onWanted told that some more is wanted
	 * @param onGivenUp told that nobody wants the rest
	 */
	private record Parts(Executor loop, Runnable onWanted, Runnable onGivenUp) implements PartSource {

		@Override
		public void execute(Runnable task) {
			try {
				this.loop.execute(task);
			}
			catch (RejectedExecutionException ex) {
				task.run();
			}
		}

		@Override
		public void more() {
			this.onWanted.run();
		}

		@Override
		public void giveUp() {
			this.onGivenUp.run();
		}

	}

}
