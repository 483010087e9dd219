package io.scalesrpc.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.FragmentAssembler;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.mux.TdiscardedCodec;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection of the server.
 * <p>
 * OPEN -> DRAINING (Tdrain sent) -> DRAINED (Rdrain received, or the client would not
 * have understood a Tdrain) -> CLOSING (nothing more is read); any -> CLOSING. Requests
 * are taken until DRAINED, then nacked. <em>Confined to the connection's event loop</em>,
 * except where a method says otherwise.
 */
final class ServerSession extends ChannelInboundHandlerAdapter {

	private static final Logger logger = LoggerFactory.getLogger(ServerSession.class);

	private static final int MAX_HALF_MESSAGES = 1024;

	private final SessionContext shared;

	private final Channel channel;

	private final FragmentAssembler assembler;

	private final ReplyWriter writer;

	private final Handshake handshake;

	private final PendingCalls pending;

	private Phase phase = Phase.OPEN;

	private boolean stalled;

	ServerSession(SessionContext shared, Channel channel) {
		this.shared = shared;
		this.channel = channel;
		this.assembler = new FragmentAssembler(channel.eventLoop(), channel.alloc(), shared.maxFrameBytes(),
				MAX_HALF_MESSAGES);
		this.writer = new ReplyWriter(channel);
		this.handshake = new Handshake(shared.maxFragmentBytes(), this.writer,
				new SessionTls(shared.tls(), channel, this.assembler));
		this.pending = new PendingCalls(this, shared.engine(), this.writer);
	}

	/** Thread-safe. */
	SocketAddress peer() {
		return this.channel.remoteAddress();
	}

	/** Thread-safe. */
	ByteBufAllocator allocator() {
		return this.channel.alloc();
	}

	/** Thread-safe: takes the reply of a call over. */
	void answered(RunningCall call, ByteBuf reply) {
		try {
			this.channel.eventLoop().execute(() -> {
				this.pending.answered(call, reply);
				closeIfDone();
			});
		}
		catch (RejectedExecutionException ex) {
			reply.release();
		}
	}

	/** Runs a task on the event loop after some nanoseconds. */
	Future<?> later(Runnable task, long nanos) {
		return this.channel.eventLoop().schedule(task, nanos, TimeUnit.NANOSECONDS);
	}

	/** The deadline of a call passes. */
	void expired(RunningCall call) {
		this.pending.expired(call);
	}

	/** The deadline of a call has passed, and its client has not discarded it. */
	void abandoned(RunningCall call, boolean begun) {
		this.pending.abandoned(call, begun);
		closeIfDone();
	}

	/** Thread-safe: asks the client to go elsewhere, and closes when all is answered. */
	void drain() {
		this.channel.eventLoop().execute(() -> {
			if (this.phase != Phase.OPEN) {
				return;
			}
			if (this.handshake.isNegotiated()) {
				this.phase = Phase.DRAINING;
				this.writer.writeNow(MuxFrame.empty(allocator(), MuxType.TDRAIN, MuxFrame.CONTROL_TAG));
			}
			else {
				this.phase = Phase.DRAINED;
				closeIfDone();
			}
		});
	}

	/** Thread-safe. */
	void closeNow() {
		this.channel.close();
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		assert context.executor().inEventLoop();
		this.shared.stats().connections.increment();
		this.shared.registry().add(this);
		context.fireChannelActive();
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		assert context.executor().inEventLoop();
		this.phase = Phase.CLOSING;
		this.assembler.close();
		this.pending.clear();
		stalled(false);
		this.shared.stats().connections.decrement();
		this.shared.registry().remove(this);
		context.fireChannelInactive();
	}

	@Override
	public void channelRead(ChannelHandlerContext context, Object frame) {
		assert context.executor().inEventLoop();
		ByteBuf piece = (ByteBuf) frame;
		if (this.phase == Phase.CLOSING) {
			piece.release();
			return;
		}
		ByteBuf message = this.assembler.append(piece);
		if (message != null) {
			try {
				receive(message);
			}
			finally {
				message.release();
			}
		}
	}

	private void receive(ByteBuf message) {
		if (this.handshake.receive(message, allocator())) {
			if (this.handshake.isRefused()) {
				finish();
			}
			return;
		}
		int tag = MuxFrame.tag(message);
		int type = MuxFrame.type(message);
		switch (type) {
			case MuxType.TDISPATCH -> request(tag, message, ReplyFormat.RDISPATCH);
			case MuxType.TREQ -> request(tag, message, ReplyFormat.RREQ);
			case MuxType.TDISCARDED, MuxType.TDISCARDED_OLD -> discarded(TdiscardedCodec.which(message));
			case MuxType.TPING -> this.writer.writeNow(MuxFrame.empty(allocator(), MuxType.RPING, tag));
			case MuxType.RDRAIN -> drained(tag);
			default -> unexpected(tag, type);
		}
	}

	private void request(int tag, ByteBuf message, ReplyFormat format) {
		this.shared.stats().requests.increment();
		if (this.pending.isInUse(tag)) {
			this.writer.writeNow(RerrCodec.encode(allocator(), tag, "Received duplicate tag " + tag + " from client."));
			finish();
		}
		else if (this.phase == Phase.DRAINED) {
			this.pending.nack(tag, format, Context.empty());
		}
		else {
			this.pending.start(message, format);
		}
	}

	/** A request that is still coming in is forgotten and not answered, as by Finagle. */
	private void discarded(int tag) {
		this.shared.stats().discards.increment();
		this.assembler.discard(tag);
		if (this.pending.discard(tag)) {
			this.writer.writeNow(MuxFrame.empty(allocator(), MuxType.RDISCARDED, tag));
			closeIfDone();
		}
	}

	private void drained(int tag) {
		if (this.phase == Phase.DRAINING && tag == MuxFrame.CONTROL_TAG) {
			this.phase = Phase.DRAINED;
			closeIfDone();
		}
		else {
			unexpected(tag, MuxType.RDRAIN);
		}
	}

	private void unexpected(int tag, int type) {
		this.writer.writeNow(RerrCodec.encode(allocator(), tag, "Unexpected mux message type " + type));
	}

	private void closeIfDone() {
		if (this.phase == Phase.DRAINED && this.pending.isEmpty()) {
			finish();
		}
	}

	/** Closes after what was written; nothing more is read or answered. */
	private void finish() {
		this.phase = Phase.CLOSING;
		this.pending.clear();
		this.writer.flushAll().addListener(LingeringClose.INSTANCE);
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext context) {
		assert context.executor().inEventLoop();
		boolean writable = this.channel.isWritable();
		this.channel.config().setAutoRead(writable);
		stalled(!writable);
		this.writer.pump();
		closeIfDone();
		context.fireChannelWritabilityChanged();
	}

	private void stalled(boolean now) {
		if (this.stalled != now) {
			this.stalled = now;
			this.shared.stats().stalled.add(now ? 1 : -1);
		}
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
		assert context.executor().inEventLoop();
		// The rest of what was read with the bad bytes is on its way here.
		this.phase = Phase.CLOSING;
		if (cause instanceof DecoderException) {
			this.shared.stats().protocolErrors.increment();
			logger.debug("Connection from {} closed: {}", peer(), cause.getMessage());
		}
		else if (cause instanceof IOException) {
			logger.debug("Connection from {} lost", peer(), cause);
		}
		else {
			logger.warn("Connection from {} closed", peer(), cause);
		}
		context.close();
	}

	/** Where a session is. */
	private enum Phase {

		OPEN, DRAINING, DRAINED, CLOSING

	}

}
