package io.scalesrpc.http.http1;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.util.concurrent.Future;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.LateWriteFailures;
import io.scalesrpc.http.message.OwnLimits;
import io.scalesrpc.http.message.ResponseAggregator;
import io.scalesrpc.http.message.ResponseHead;
import io.scalesrpc.http.message.StreamedResponse;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.transport.channel.ChannelSession;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HTTP/1.1 connection: one request, one answer, then the next.
 * HTTP/1.1 has nothing by which an answer tells its request, so whatever could shift the
 * order ends the connection: a request whose answer nobody waits for, bytes that nobody
 * asked for or that make no sense, and bytes that come after an answer. <em>Confined to
 * the connection's event loop</em>, but for {@link #isForgotten}.
 */
public final class Http1Session extends SimpleChannelInboundHandler<HttpObject> implements ChannelSession {

	/** Interim answers (1xx) that one request may be given; they say nothing to us. */
	public static final int MAX_INTERIM = 16;

	private static final int SWITCHING_PROTOCOLS = 101;

	private final Channel channel;

	private final HttpContext context;

	private final ResponseDecoder decoder;

	private final KeepAliveHint hint;

	private @Nullable Progress progress;

	private final SessionEnd ending;

	/** How far the exchange is. <em>Confined to the connection's event loop</em>. */
	private static final class Progress {

		private final Http1Exchange exchange;

		private boolean sent;

		private int interim;

		/** Null before a whole answer begins, and while an interim one comes. */
		private @Nullable ResponseAggregator answer;

		/** The answer whose body is being read; its call has ended. */
		private @Nullable StreamedResponse stream;

		Progress(Http1Exchange exchange) {
			this.exchange = exchange;
		}

	}

	private Http1Session(Channel channel, HttpContext context, ResponseDecoder decoder) {
		this.channel = channel;
		// It takes one call at a time.
		this.ending = new SessionEnd(channel, new ConnectionStatus(1), this::left);
		this.context = context;
		this.decoder = decoder;
		this.hint = new KeepAliveHint(context, channel, this::closeIfForgotten);
	}

	/** Adds the handlers of a connection to a channel. */
	static Http1Session on(Channel channel, HttpContext context) {
		ResponseDecoder decoder = new ResponseDecoder(context.metrics(), context.options().maxHeadBytes());
		Http1Session session = new Http1Session(channel, context, decoder);
		channel.pipeline()
			.addLast(new LateWriteFailures(context.timer(), session.ending.occupancy()::close))
			.addLast(decoder)
			.addLast(session);
		return session;
	}

	HttpContext context() {
		return this.context;
	}

	/** Whether the server, by its own words, may have closed it any moment now. */
	boolean isForgotten() {
		return this.ending.occupancy().isIdle() && this.hint.isOver();
	}

	private void closeIfForgotten() {
		if (isForgotten()) {
			this.ending.drain();
		}
	}

	@Override
	public SessionEnd ending() {
		return this.ending;
	}

	/** Writes a request that was encoded elsewhere. */
	void send(Http1Exchange exchange) {
		assert this.channel.eventLoop().inEventLoop();
		ByteBuf request = exchange.takeRequest();
		Progress begun = new Progress(exchange);
		this.progress = begun;
		this.decoder.expect(exchange.isHead());
		this.context.metrics().count(Event.BYTES_SENT, request.readableBytes());
		this.channel.writeAndFlush(request).addListener((written) -> written(begun, written));
	}

	private void written(Progress begun, Future<? super Void> written) {
		begun.sent = written.isSuccess();
		if (!written.isSuccess()) {
			this.ending.thrown(written.cause());
		}
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, HttpObject message) {
		assert this.channel.eventLoop().inEventLoop();
		Progress now = this.progress;
		if (this.ending.hasBegun() || now == null) {
			return;
		}
		if (message.decoderResult().isFailure()) {
			exceptionCaught(ctx, message.decoderResult().cause());
			return;
		}
		if (message instanceof HttpResponse head) {
			begin(now, head);
		}
		if (message instanceof HttpContent content && !this.ending.hasBegun()) {
			add(now, content);
		}
	}

	private void begin(Progress now, HttpResponse head) {
		ResponseHead.requireStatus(head.status().code());
		if (head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			begin(now, ResponseHead.of(head, now.exchange.isHead(), this.context.options().gzip()));
		}
		else if (head.status().code() == SWITCHING_PROTOCOLS || ++now.interim > MAX_INTERIM) {
			this.ending.fail("interim answer " + head.status().code() + ", number " + now.interim
					+ " (expected: none but 100, 102, 103 and at most " + MAX_INTERIM + ")", null);
		}
	}

	private void begin(Progress now, ResponseHead head) {
		if (now.exchange.isStreamed() && StreamedResponse.is(head, this.context)) {
			stream(now, head);
		}
		else {
			now.answer = new ResponseAggregator(head, this.context.limits().maxFrameBytes());
		}
	}

	/** The call ends; the connection is read from when the body is. */
	private void stream(Progress now, ResponseHead head) {
		StreamedResponse answer = StreamedResponse.of(head, this.context, this.channel.eventLoop(), this.channel::read,
				this.ending::abort);
		Outcome outcome = now.exchange.outcome(answer.response());
		if (now.exchange.streams()) {
			now.stream = answer;
			this.channel.config().setAutoRead(false);
			answer.begin();
			now.exchange.call().end(outcome);
		}
	}

	private void add(Progress now, HttpContent content) {
		LastHttpContent last = (content instanceof LastHttpContent end) ? end : null;
		StreamedResponse stream = now.stream;
		ResponseAggregator answer = now.answer;
		if (stream != null) {
			stream.add(content.content(), last != null);
			// Its reader may have closed it on seeing that.
			if (last != null && !this.ending.hasBegun()) {
				complete(now, stream, ResponseHead.fields(last.trailingHeaders()));
			}
		}
		else if (answer != null) {
			answer.add(content.content());
			if (last != null) {
				complete(now, answer, ResponseHead.fields(last.trailingHeaders()));
			}
		}
	}

	private void complete(Progress now, StreamedResponse stream, HttpFields trailers) {
		boolean reusable = release(now, stream.head());
		if (reusable) {
			this.channel.config().setAutoRead(true);
		}
		now.exchange.over();
		stream.complete(trailers);
		released(reusable);
	}

	/** First it is certain what becomes of the connection, then the call ends. */
	private void complete(Progress now, ResponseAggregator answer, HttpFields trailers) {
		Outcome outcome = answer.complete(trailers, now.exchange::outcome);
		boolean reusable = release(now, answer.head());
		now.exchange.end(outcome);
		released(reusable);
	}

	/** Whether the connection can be used again is clear before anybody gets it. */
	private boolean release(Progress now, ResponseHead head) {
		this.ending.occupancy().served();
		this.progress = null;
		this.hint.answered(head.fields());
		boolean reusable = this.decoder.complete() && head.keepsAlive() && now.sent && !this.hint.isOver()
				&& this.channel.isActive();
		if (!reusable) {
			this.ending.occupancy().close();
		}
		return reusable;
	}

	private void released(boolean reusable) {
		if (!reusable) {
			this.ending.abort();
		}
	}

	/** Anything at all that goes wrong makes the connection useless. */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		Failure own = OwnLimits.broken(cause);
		if (own != null) {
			// An answer all the same: the limit is ours.
			this.ending.occupancy().served();
			this.ending.fail(own);
		}
		else {
			this.ending.thrown(cause);
		}
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		if (ctx.channel().isActive()) {
			this.hint.opened();
		}
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) throws Exception {
		this.hint.opened();
		super.channelActive(ctx);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		this.ending.closedByPeer();
		super.channelInactive(ctx);
	}

	/** Anybody on the way can send a FIN, which is no end of an answer then. */
	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
		if (event instanceof SslCloseCompletionEvent end && !end.isSuccess() && this.progress != null) {
			this.ending.fail("connection closed without a close_notify of TLS", end.cause());
		}
		super.userEventTriggered(ctx, event);
	}

	private void left(Failure failure) {
		this.hint.stop();
		Progress last = this.progress;
		this.progress = null;
		if (last == null) {
			return;
		}
		if (last.answer != null) {
			last.answer.discard();
		}
		if (last.stream != null) {
			last.exchange.over();
			last.stream.fail(failure);
		}
		else {
			last.exchange.end(failure);
		}
	}

}
