package io.scalesrpc.http.http2;

import java.util.function.IntPredicate;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2ResetFrame;
import io.netty.handler.codec.http2.Http2StreamChannel;
import io.netty.util.ReferenceCountUtil;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.http1.Http1Session;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.OwnLimits;
import io.scalesrpc.http.message.ResponseAggregator;
import io.scalesrpc.http.message.ResponseHead;
import io.scalesrpc.http.message.StreamedResponse;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.transport.channel.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * Reads the answer of one stream. What is wrong with it ends the stream, and no other.
 * <em>Confined to the connection's event loop</em>.
 */
final class Http2Stream extends SimpleChannelInboundHandler<HttpObject> {

	private final Http2Exchange exchange;

	private final HttpContext context;

	private final IntPredicate goingAway;

	private @Nullable ResponseAggregator answer;

	/** The answer whose body is being read; its call has ended. */
	private @Nullable StreamedResponse stream;

	/** What the server ended the stream with, while some of the body was not read. */
	private @Nullable Failure reset;

	private int interim;

	/** How many bytes of body there are by the head; -1 if that does not say it. */
	private long expected = -1;

	private long received;

	/**
	 * Creates a reader.
	 * @param exchange the call whose answer it is
	 * @param context what all connections share
	 * @param goingAway tells of the number of a stream whether the server, going away,
	 * said that it did not process it
	 */
	Http2Stream(Http2Exchange exchange, HttpContext context, IntPredicate goingAway) {
		this.exchange = exchange;
		this.context = context;
		this.goingAway = goingAway;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
		if (message.decoderResult().isFailure()) {
			exceptionCaught(ctx, message.decoderResult().cause());
			return;
		}
		if (message instanceof HttpResponse head) {
			ending().occupancy().served();
			begin(ctx, head);
		}
		if (message instanceof HttpContent content) {
			add(content);
		}
	}

	private void add(HttpContent content) {
		StreamedResponse streaming = this.stream;
		ResponseAggregator begun = this.answer;
		this.received += content.content().readableBytes();
		if (streaming != null) {
			streaming.add(content.content(), content instanceof LastHttpContent);
		}
		else if (begun != null) {
			begun.add(content.content());
		}
		if (content instanceof LastHttpContent last) {
			requireComplete();
			complete(ResponseHead.fields(last.trailingHeaders()));
		}
	}

	/** Netty's decoder looks at the length of no body at all, but not at that of none. */
	private void requireComplete() {
		if (this.expected >= 0 && this.received != this.expected) {
			throw new IllegalArgumentException(
					this.received + " bytes of body (expected: " + this.expected + ", its content-length)");
		}
	}

	private void complete(HttpFields trailers) {
		StreamedResponse streaming = this.stream;
		ResponseAggregator begun = this.answer;
		if (streaming != null && over()) {
			streaming.complete(trailers);
		}
		else if (begun != null) {
			this.exchange.end(begun.complete(trailers, this.exchange::outcome));
		}
	}

	/** The call ends; the stream is read from when the body is. */
	private void stream(ChannelHandlerContext ctx, ResponseHead head) {
		StreamedResponse begun = StreamedResponse.of(head, this.context, ctx.channel(), this::over);
		Outcome outcome = this.exchange.outcome(begun.response());
		if (this.exchange.streams()) {
			this.stream = begun;
			begun.begin(ctx.channel());
			this.exchange.call().end(outcome);
		}
	}

	/** Ends the body as far as the connection goes; not so if it has ended before. */
	private boolean over() {
		boolean first = this.stream != null;
		this.stream = null;
		if (first) {
			this.exchange.over();
		}
		return first;
	}

	private void begin(ChannelHandlerContext ctx, HttpResponse head) {
		ResponseHead.requireStatus(head);
		if (head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			begin(ctx, ResponseHead.of(head, this.exchange.isHead(), this.context.options().gzip()));
		}
		else if (++this.interim > Http1Session.MAX_INTERIM) {
			fail(FailureKind.CONNECTION_LOST,
					"interim answers: " + this.interim + " (expected: at most " + Http1Session.MAX_INTERIM + ")", null);
		}
	}

	private void begin(ChannelHandlerContext ctx, ResponseHead head) {
		this.expected = head.length();
		if (this.exchange.isStreamed() && StreamedResponse.is(head, this.context)) {
			stream(ctx, head);
		}
		else {
			this.answer = new ResponseAggregator(head, this.context.limits().maxFrameBytes());
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		try {
			if (event instanceof Http2ResetFrame frame) {
				reset(failure(frame.errorCode()));
			}
		}
		finally {
			ReferenceCountUtil.release(event);
		}
	}

	/**
	 * A reset overtakes the parts of a streamed body that wait to be read. Netty closes
	 * the stream behind them, and then the body ends, or fails if it is not complete.
	 */
	private void reset(Failure failure) {
		if (this.stream != null) {
			this.reset = failure;
		}
		else {
			end(failure);
		}
	}

	/** A refused stream was not processed (RFC 9113, 8.7). */
	private static Failure failure(long code) {
		if (code == Http2Error.REFUSED_STREAM.code()) {
			return Failure.nack(FailureKind.NOT_SENT, "stream refused by the server", false);
		}
		Http2Error known = Http2Error.valueOf(code);
		return Failure.of(FailureKind.CONNECTION_LOST,
				"stream reset by the server: " + ((known != null) ? known : "error code 0x" + Long.toHexString(code)));
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		Failure own = OwnLimits.broken(cause);
		String text = PeerText.printable(String.valueOf(cause.getMessage()));
		if (own != null) {
			end(own);
		}
		else {
			fail(FailureKind.CONNECTION_LOST, "answer that makes no sense: " + text, cause);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		if (this.reset != null) {
			end(this.reset);
		}
		else if (ctx.channel() instanceof Http2StreamChannel stream && this.goingAway.test(stream.stream().id())) {
			end(Failure.nack(FailureKind.NOT_SENT, "the server is going away", false));
		}
		else {
			lost(ctx);
		}
	}

	/**
	 * If it is the connection that was lost, its streams learn of that before it does.
	 */
	private void lost(ChannelHandlerContext ctx) {
		if (!ctx.channel().parent().isActive()) {
			ending().closedByPeer();
		}
		Failure of = ending().failure();
		fail(FailureKind.CONNECTION_LOST,
				"connection lost before the answer was complete" + ((of != null) ? ": " + of.reason() : ""), null);
	}

	private SessionEnd ending() {
		return this.exchange.session().ending();
	}

	private void fail(FailureKind kind, String reason, @Nullable Throwable cause) {
		end(Failure.of(kind, reason, cause));
	}

	private void end(Failure failure) {
		if (this.answer != null) {
			this.answer.discard();
		}
		StreamedResponse streaming = this.stream;
		if (streaming != null && over()) {
			streaming.fail(failure);
		}
		this.exchange.end(failure);
	}

}
