package io.scalesrpc.http;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.PeerText;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.transport.ChannelSession;
import io.scalesrpc.transport.SessionEnd;
import io.scalesrpc.transport.Occupancy;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HTTP/1.1 connection: one request, one answer, then the next.
 * HTTP/1.1 has nothing by which an answer tells its request, so whatever could shift the
 * order ends the connection: a request whose answer nobody waits for, bytes that nobody
 * asked for or that make no sense, and bytes that come after an answer. <em>Confined to
 * the connection's event loop</em>, but for {@link #abandon} and {@link #status}.
 */
final class Http1Session extends SimpleChannelInboundHandler<HttpObject> implements ChannelSession {

	/** Interim answers (1xx) that one request may be given; they say nothing to us. */
	static final int MAX_INTERIM = 16;

	private static final int SWITCHING_PROTOCOLS = 101;

	private final Channel channel;

	private final HttpContext context;

	/** Takes one call at a time. */
	private final Occupancy status = new Occupancy(1);

	private final AnswerDecoder decoder;

	private @Nullable Progress progress;

	private final SessionEnd ending;

	/** How far the exchange is. <em>Confined to the connection's event loop</em>. */
	private static final class Progress {

		private final Http1Exchange exchange;

		private boolean sent;

		private int interim;

		/** Null before a whole answer begins, and while an interim one comes. */
		private @Nullable AnswerAssembler answer;

		/** The answer whose body is being read; its call has ended. */
		private @Nullable StreamedAnswer stream;

		Progress(Http1Exchange exchange) {
			this.exchange = exchange;
		}

	}

	private Http1Session(Channel channel, HttpContext context, AnswerDecoder decoder) {
		this.channel = channel;
		this.ending = new SessionEnd(channel);
		this.context = context;
		this.decoder = decoder;
	}

	/** Adds the handlers of a connection to a channel. */
	static Http1Session on(Channel channel, HttpContext context) {
		AnswerDecoder decoder = new AnswerDecoder(context.metrics());
		Http1Session session = new Http1Session(channel, context, decoder);
		channel.pipeline().addLast(decoder);
		if (context.options().gzip()) {
			channel.pipeline().addLast(new AnswerDecompressor(session::streams, context.limits().maxFrameBytes()));
		}
		channel.pipeline().addLast(session);
		return session;
	}

	@Override
	public Channel channel() {
		return this.channel;
	}

	HttpContext context() {
		return this.context;
	}

	Occupancy status() {
		return this.status;
	}

	@Override
	public SessionEnd ending() {
		return this.ending;
	}

	/** Writes a request that was encoded elsewhere. */
	void send(Http1Exchange exchange) {
		assert this.channel.eventLoop().inEventLoop();
		if (this.ending.hasBegun() || !this.channel.isActive()) {
			exchange.refuse("connection is closed", null);
			return;
		}
		ByteBuf request = exchange.takeRequest();
		if (request == null) {
			closeIfDrained();
			return;
		}
		Progress begun = new Progress(exchange);
		this.progress = begun;
		this.decoder.expect(exchange.isHead());
		this.context.metrics().count(Event.BYTES_SENT, request.readableBytes());
		this.channel.writeAndFlush(request).addListener((written) -> written(begun, written));
	}

	private void written(Progress begun, Future<? super Void> written) {
		begun.sent = written.isSuccess();
		if (!written.isSuccess()) {
			fail(FailureKind.UNKNOWN, "connection lost: " + written.cause().getMessage(), written.cause());
		}
	}

	/**
	 * Nobody waits for an answer that is owed. The connection must not be used from this
	 * very moment on, though it is the event loop that closes it. Runs on any thread.
	 */
	void abandon() {
		this.status.close();
		if (this.channel.eventLoop().inEventLoop()) {
			end(null);
			return;
		}
		try {
			this.channel.eventLoop().execute(() -> end(null));
		}
		catch (RejectedExecutionException ex) {
			// The event loop is gone, and with it the connection and all it owed.
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
		if (head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			if (streams(head)) {
				stream(now, head);
				return;
			}
			now.answer = new AnswerAssembler(head, now.exchange.isHead(), this.context.limits().maxFrameBytes());
		}
		else if (head.status().code() == SWITCHING_PROTOCOLS || ++now.interim > MAX_INTERIM) {
			fail(FailureKind.UNKNOWN, "interim answer " + head.status().code() + ", number " + now.interim
					+ " (expected: none but 100, 102, 103 and at most " + MAX_INTERIM + ")", null);
		}
	}

	private boolean streams(HttpResponse head) {
		Progress now = this.progress;
		return now != null && now.exchange.isStreamed() && StreamedAnswer.is(head, this.context);
	}

	/** The call ends; the connection is read from when the body is. */
	private void stream(Progress now, HttpResponse head) {
		StreamedAnswer answer = StreamedAnswer.of(head, this.context, this.channel, this::abort);
		Outcome outcome = now.exchange.outcome(answer.response());
		if (now.exchange.answered()) {
			now.stream = answer;
			answer.begin(this.channel);
			now.exchange.call().end(outcome);
		}
	}

	private void add(Progress now, HttpContent content) {
		boolean last = content instanceof LastHttpContent;
		StreamedAnswer stream = now.stream;
		AnswerAssembler answer = now.answer;
		if (stream != null) {
			stream.add(content.content());
			// Its reader may have closed it on seeing that.
			if (last && !this.ending.hasBegun()) {
				complete(now, stream);
			}
		}
		else if (answer != null) {
			answer.add(content.content());
			if (last) {
				complete(now, answer);
			}
		}
	}

	private void complete(Progress now, StreamedAnswer stream) {
		boolean reusable = release(now, stream.keepsAlive());
		if (reusable) {
			this.channel.config().setAutoRead(true);
		}
		this.status.finished();
		stream.body().complete();
		released(reusable);
	}

	/** First it is certain what becomes of the connection, then the call ends. */
	private void complete(Progress now, AnswerAssembler answer) {
		Outcome outcome = now.exchange.outcome(answer.whole());
		boolean reusable = release(now, answer.keepsAlive());
		now.exchange.end(outcome);
		released(reusable);
	}

	/** Whether the connection can be used again is clear before anybody gets it. */
	private boolean release(Progress now, boolean keepsAlive) {
		this.status.served();
		this.progress = null;
		boolean reusable = this.decoder.complete() && keepsAlive && now.sent && this.channel.isActive();
		if (!reusable) {
			this.status.close();
		}
		return reusable;
	}

	private void released(boolean reusable) {
		if (!reusable) {
			end(null);
		}
		else {
			closeIfDrained();
		}
	}

	/** Ends the connection as soon as no call is on it. */
	@Override
	public void drainAndClose() {
		assert this.channel.eventLoop().inEventLoop();
		this.status.drain();
		closeIfDrained();
	}

	/** Ends the connection now. */
	@Override
	public void abort() {
		end(null);
	}

	private void closeIfDrained() {
		if (this.status.isDraining() && this.status.isIdle()) {
			end(null);
		}
	}

	/** Anything at all that goes wrong makes the connection useless. */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		String text = PeerText.printable((cause.getMessage() != null) ? cause.getMessage() : cause.toString());
		if (cause instanceof IOException) {
			fail(FailureKind.UNKNOWN, "connection lost: " + text, cause);
		}
		else if (cause instanceof TooLongFrameException) {
			// An answer all the same: the limit is ours.
			this.status.served();
			fail(FailureKind.BUG, "answer too large: " + text, cause);
		}
		else {
			fail(FailureKind.UNKNOWN, "bytes that make no sense: " + text, cause);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		if (this.status.isIdle()) {
			end(null);
		}
		else {
			fail(FailureKind.UNKNOWN, "connection closed by the server", null);
		}
		super.channelInactive(ctx);
	}

	private void fail(FailureKind kind, String reason, @Nullable Throwable cause) {
		end(Failure.of(kind, reason, cause));
	}

	/** Ends the connection and the call that is on it. */
	private void end(@Nullable Failure failure) {
		assert this.channel.eventLoop().inEventLoop();
		if (!this.ending.begin(failure)) {
			return;
		}
		// First of all nobody else may get this connection.
		this.status.close();
		Progress left = this.progress;
		this.progress = null;
		if (left != null) {
			end(left,
					(failure != null) ? failure : Failure.of(FailureKind.UNKNOWN, "connection closed by this client"));
		}
		this.channel.close();
	}

	private void end(Progress left, Failure failure) {
		if (left.stream != null) {
			this.status.finished();
			left.stream.fail(failure);
		}
		else {
			left.exchange.end(failure);
		}
	}

}
