package io.scalesrpc.http;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

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
import io.scalesrpc.transport.Occupancy;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of an HTTP/1.1 connection: one request, one answer, then the next.
 * HTTP/1.1 has nothing by which an answer tells its request, so whatever could shift the
 * order ends the connection: a request whose answer nobody waits for, bytes that nobody
 * asked for or that make no sense, and bytes that come after an answer. <em>Confined to
 * the connection's event loop</em>, but for {@link #abandon}, {@link #status} and
 * {@link #failure}.
 */
final class Http1Session extends SimpleChannelInboundHandler<HttpObject> implements ChannelSession {

	/** Interim answers (1xx) that one request may be given; they say nothing to us. */
	static final int MAX_INTERIM = 16;

	/** A server that hangs up on a connection this young is not in good order. */
	private static final long SETTLED_NANOS = TimeUnit.SECONDS.toNanos(1);

	private static final int SWITCHING_PROTOCOLS = 101;

	private final Channel channel;

	private final HttpContext context;

	/** Takes one call at a time. */
	private final Occupancy status = new Occupancy(1);

	private final AnswerDecoder decoder;

	private final long openedNanos;

	private @Nullable Progress progress;

	/** Why the connection ends, once it does. */
	private volatile @Nullable Ending ending;

	/**
	 * The end of a connection. <em>Immutable</em>.
	 *
	 * @param failure what went wrong, or null if it is closed in good order
	 */
	private record Ending(@Nullable Failure failure) {
	}

	/** How far the exchange is. <em>Confined to the connection's event loop</em>. */
	private static final class Progress {

		private final Http1Exchange exchange;

		private boolean sent;

		private int interim;

		/** Null before the answer begins, and while an interim one comes. */
		private @Nullable AnswerAssembler answer;

		Progress(Http1Exchange exchange) {
			this.exchange = exchange;
		}

	}

	Http1Session(Channel channel, HttpContext context, AnswerDecoder decoder) {
		this.channel = channel;
		this.context = context;
		this.decoder = decoder;
		this.openedNanos = context.ticker().nanos();
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

	/** Why the connection ended; null if it did in good order. */
	@Override
	public @Nullable Failure failure() {
		Ending known = this.ending;
		return (known != null) ? known.failure() : null;
	}

	/** Writes a request that was encoded elsewhere. */
	void send(Http1Exchange exchange) {
		assert this.channel.eventLoop().inEventLoop();
		if (this.ending != null || !this.channel.isActive()) {
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
		if (this.ending != null || now == null) {
			return;
		}
		if (message.decoderResult().isFailure()) {
			exceptionCaught(ctx, message.decoderResult().cause());
			return;
		}
		if (message instanceof HttpResponse head) {
			begin(now, head);
		}
		if (message instanceof HttpContent content && this.ending == null) {
			add(now, content);
		}
	}

	private void begin(Progress now, HttpResponse head) {
		if (head.status().codeClass() != HttpStatusClass.INFORMATIONAL) {
			now.answer = new AnswerAssembler(head, now.exchange.isHead(), this.context.limits().maxFrameBytes());
		}
		else if (head.status().code() == SWITCHING_PROTOCOLS || ++now.interim > MAX_INTERIM) {
			fail(FailureKind.UNKNOWN, "interim answer " + head.status().code() + ", number " + now.interim
					+ " (expected: none but 100, 102, 103 and at most " + MAX_INTERIM + ")", null);
		}
	}

	private void add(Progress now, HttpContent content) {
		AnswerAssembler answer = now.answer;
		if (answer == null) {
			return;
		}
		answer.add(content.content());
		if (content instanceof LastHttpContent) {
			complete(now, answer);
		}
	}

	/** First it is certain what becomes of the connection, then the call ends. */
	private void complete(Progress now, AnswerAssembler answer) {
		Outcome outcome = now.exchange.outcome(answer.whole());
		this.progress = null;
		boolean reusable = this.decoder.complete() && answer.keepsAlive() && now.sent && this.channel.isActive();
		if (!reusable) {
			this.status.close();
		}
		now.exchange.end(outcome);
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
		String text = PeerText.printable(String.valueOf(cause.getMessage()));
		if (cause instanceof IOException) {
			fail(FailureKind.UNKNOWN, "connection lost: " + text, cause);
		}
		else if (cause instanceof TooLongFrameException) {
			fail(FailureKind.BUG, "answer too large: " + text, cause);
		}
		else {
			fail(FailureKind.UNKNOWN, "bytes that make no sense: " + text, cause);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		boolean settled = this.context.ticker().nanos() - this.openedNanos >= SETTLED_NANOS;
		if (this.status.isIdle() && settled) {
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
		if (this.ending != null) {
			return;
		}
		this.ending = new Ending(failure);
		// First of all nobody else may get this connection.
		this.status.close();
		Progress left = this.progress;
		this.progress = null;
		if (left != null) {
			left.exchange
				.end((failure != null) ? failure : Failure.of(FailureKind.UNKNOWN, "connection closed by this client"));
		}
		this.channel.close();
	}

}
