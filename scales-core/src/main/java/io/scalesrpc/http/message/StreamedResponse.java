package io.scalesrpc.http.message;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
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
	 * @param channel where it is read, which reads by itself no longer once
	 * {@link #begin} was called
	 * @param onGivenUp told when nobody wants the rest of the body
	 */
	public static StreamedResponse of(ResponseHead head, HttpContext context, Channel channel, Runnable onGivenUp) {
		ResponseStream body = new ResponseStream(new ChannelSource(channel, onGivenUp), head.contentEncoding(),
				context.timer(), context.ticker(), context.options().times().bodyIdle());
		return new StreamedResponse(head.with(NO_BYTES, HttpFields.empty()).streaming(body), body, head);
	}

	public void begin(Channel channel) {
		channel.config().setAutoRead(false);
		this.body.begin();
	}

	/** An empty part asks for the next; behind an empty last one there is none. */
	public void add(ByteBuf part, boolean last) {
		if (!last || part.isReadable()) {
			this.body.add(ByteBufUtil.getBytes(part));
		}
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
	 * The channel that brings the parts. <em>Confined to its event loop</em>, but for
	 * {@link #execute}.
	 *
	 * @param channel reads when told to
	 * @param onGivenUp told when nobody wants the rest
	 */
	private record ChannelSource(Channel channel, Runnable onGivenUp) implements PartSource {

		@Override
		public void execute(Runnable task) {
			try {
				this.channel.eventLoop().execute(task);
			}
			catch (RejectedExecutionException ex) {
				task.run();
			}
		}

		@Override
		public void more() {
			this.channel.read();
		}

		@Override
		public void giveUp() {
			this.onGivenUp.run();
		}

	}

}
