package io.scalesrpc.serial;

import java.util.ArrayDeque;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.ByteToMessageDecoder;
import io.netty.util.concurrent.Future;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.transport.channel.ChannelSession;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.SessionEnd;
import io.scalesrpc.transport.channel.WriteQueue;

/**
 * The client's side of a connection whose answers come in the order of the requests.
 * Whatever could shift that order ends the connection: a request whose answer nobody
 * waits for, bytes that nobody asked for, an answer that cannot be read, for whatever
 * reason. <em>Confined to the connection's event loop</em>.
 */
final class SerialSession extends ByteToMessageDecoder implements ChannelSession {

	private final Channel channel;

	private final SerialContext context;

	private final WriteQueue queue;

	private final MessageCutter cutter;

	private final ArrayDeque<SerialExchange> unanswered = new ArrayDeque<>();

	private boolean flushScheduled;

	private final SessionEnd ending;

	SerialSession(Channel channel, SerialContext context) {
		this.channel = channel;
		this.context = context;
		this.ending = new SessionEnd(channel, new ConnectionStatus(context.maxCalls()), this::left);
		this.queue = new WriteQueue(context.limits().maxWriteQueueBytes());
		this.cutter = context.codec().cutter();
	}

	SerialContext context() {
		return this.context;
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
		ByteBuf request = exchange.takeRequest();
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
			this.ending.notWritten(exchange, written.cause());
		}
		else if (exchange.call().method().oneway()) {
			exchange.end(Reply.EMPTY);
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
			this.ending.fail("bytes nobody asked for: " + in.readableBytes() + " (expected: 0)", null);
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
			}
		}
		catch (Throwable ex) {
			next.makesNoSense(ex);
			this.ending.thrown(ex);
		}
	}

	private void answer(SerialExchange exchange, ByteBuf message) {
		Outcome outcome = this.context.codec().decode(exchange.call(), exchange.sequenceId(), message);
		this.ending.occupancy().served();
		if (!exchange.end(outcome)) {
			this.context.metrics().count(Event.LATE_REPLY);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		this.ending.thrown(cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) throws Exception {
		this.ending.closedByPeer();
		super.channelInactive(ctx);
	}

	private void left(Failure failure) {
		for (SerialExchange next = this.unanswered.poll(); next != null; next = this.unanswered.poll()) {
			next.end(failure);
		}
	}

}
