package io.scalesrpc.serial;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.transport.ChannelSession;
import io.scalesrpc.transport.SessionEnd;
import io.scalesrpc.transport.Occupancy;

/**
 * The client's side of a connection whose answers come in the order of the requests.
 * Whatever could shift that order ends the connection: a request whose answer nobody
 * waits for, bytes that nobody asked for, an answer that cannot be read, for whatever
 * reason. <em>Confined to the connection's event loop</em>, but for {@link #abandon} and
 * {@link #status}.
 */
final class SerialSession extends ByteToMessageDecoder implements ChannelSession {

	private final Channel channel;

	private final SerialContext context;

	private final Occupancy status;

	private final WriteQueue queue;

	private final MessageCutter cutter;

	private final ArrayDeque<SerialExchange> unanswered = new ArrayDeque<>();

	private boolean flushScheduled;

	private final SessionEnd ending;

	SerialSession(Channel channel, SerialContext context) {
		this.channel = channel;
		this.ending = new SessionEnd(channel);
		this.context = context;
		this.status = new Occupancy(context.maxCalls());
		this.queue = new WriteQueue(context.limits().maxWriteQueueBytes());
		this.cutter = context.codec().cutter();
	}

	@Override
	public Channel channel() {
		return this.channel;
	}

	SerialContext context() {
		return this.context;
	}

	Occupancy status() {
		return this.status;
	}

	WriteQueue queue() {
		return this.queue;
	}

	@Override
	public SessionEnd ending() {
		return this.ending;
	}

	/** Writes a request that was encoded elsewhere. */
	void send(SerialExchange exchange) {
		assert this.channel.eventLoop().inEventLoop();
		if (this.ending.hasBegun() || !this.channel.isActive()) {
			this.status.close();
			exchange.refuse("connection is closed", null);
			return;
		}
		ByteBuf request = exchange.takeRequest();
		if (request == null) {
			closeIfDrained();
			return;
		}
		if (!exchange.call().method().oneway()) {
			this.unanswered.add(exchange);
		}
		this.context.metrics().count(Event.BYTES_SENT, request.readableBytes());
		this.channel.write(request).addListener((written) -> written(exchange, written));
		flushOnceATurn();
	}

	private void flushOnceATurn() {
		if (!this.context.pipelined()) {
			this.channel.flush();
		}
		else if (!this.flushScheduled) {
			this.flushScheduled = true;
			this.channel.eventLoop().execute(() -> {
				this.flushScheduled = false;
				this.channel.flush();
			});
		}
	}

	/** A oneway call is over when its request is with the kernel. */
	private void written(SerialExchange exchange, Future<? super Void> written) {
		exchange.unqueued();
		if (!written.isSuccess()) {
			fail("connection lost: " + written.cause().getMessage(), written.cause());
			exchange.end(Failure.of(FailureKind.UNKNOWN, lostReason(), written.cause()));
		}
		else if (exchange.call().method().oneway()) {
			exchange.end(Reply.EMPTY);
			closeIfDrained();
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
	public void channelRead(ChannelHandlerContext ctx, Object message) throws Exception {
		this.context.metrics().count(Event.BYTES_RECEIVED, ((ByteBuf) message).readableBytes());
		super.channelRead(ctx, message);
	}

	/** Anything at all that goes wrong here makes the connection useless. */
	@Override
	protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out) {
		assert this.channel.eventLoop().inEventLoop();
		SerialExchange next = this.unanswered.peek();
		if (this.ending.hasBegun()) {
			in.skipBytes(in.readableBytes());
		}
		else if (next == null) {
			fail("bytes nobody asked for: " + in.readableBytes() + " (expected: 0)", null);
		}
		else {
			read(next, in);
		}
	}

	private void read(SerialExchange next, ByteBuf in) {
		try {
			ByteBuf message = this.cutter.next(in);
			if (message != null) {
				this.unanswered.remove();
				answer(next, message);
				closeIfDrained();
			}
		}
		catch (Throwable ex) {
			// First of all nobody else may get this connection.
			this.status.close();
			next.end(Failure.of(FailureKind.BUG, "answer that makes no sense: " + ex.getMessage(), ex));
			fail("bytes that make no sense: " + ex.getMessage(), ex);
		}
	}

	private void answer(SerialExchange exchange, ByteBuf message) {
		Outcome outcome = this.context.codec().decode(exchange.call(), exchange.sequenceId(), message);
		this.status.served();
		if (!exchange.end(outcome)) {
			this.context.metrics().count(Event.LATE_REPLY);
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

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		fail((cause instanceof IOException) ? "connection lost: " + cause.getMessage()
				: "connection failed: " + cause.getMessage(), cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		if (this.status.isIdle()) {
			end(null);
		}
		else {
			fail("connection closed by the server", null);
		}
		super.channelInactive(ctx);
	}

	private void fail(String reason, @Nullable Throwable cause) {
		end(Failure.of(FailureKind.UNKNOWN, reason, cause));
	}

	/** Ends the connection and every call that is left on it. */
	private void end(@Nullable Failure failure) {
		assert this.channel.eventLoop().inEventLoop();
		if (!this.ending.begin(failure)) {
			return;
		}
		this.status.close();
		Failure lost = Failure.of(FailureKind.UNKNOWN, lostReason(), (failure != null) ? failure.cause() : null);
		for (SerialExchange next = this.unanswered.poll(); next != null; next = this.unanswered.poll()) {
			next.end(lost);
		}
		this.channel.close();
	}

	private String lostReason() {
		Failure failure = this.ending.failure();
		return (failure != null) ? failure.reason() : "connection closed by this client";
	}

}
