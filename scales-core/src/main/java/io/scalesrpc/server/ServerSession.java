package io.scalesrpc.server;

import java.io.IOException;
import java.net.SocketAddress;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.timeout.IdleStateEvent;
import io.netty.util.ReferenceCountUtil;
import io.scalesrpc.Internal;
import io.scalesrpc.call.Context;
import io.scalesrpc.mux.ByteBudget;
import io.scalesrpc.mux.FragmentAssembler;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.Refusal;
import io.scalesrpc.mux.RefusedFrame;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.mux.TdiscardedCodec;
import io.scalesrpc.server.wire.LingeringClose;
import io.scalesrpc.server.wire.ReplyFormat;
import io.scalesrpc.server.wire.ReplyWriter;
import io.scalesrpc.server.wire.UnreadReplies;
import io.scalesrpc.transport.UsualSize;
import org.jspecify.annotations.Nullable;
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
@Internal
public final class ServerSession extends ChannelInboundHandlerAdapter implements FragmentAssembler.Owner {

	private static final Logger logger = LoggerFactory.getLogger(ServerSession.class);

	private static final int MAX_HALF_MESSAGES = 1024;

	private final AtomicInteger calls = new AtomicInteger();

	private final UsualSize usualReply = new UsualSize();

	private final SessionContext shared;

	private final Channel channel;

	private final FragmentAssembler assembler;

	private final ReplyWriter writer;

	private final Handshake handshake;

	private final PendingCalls pending;

	private final UnreadReplies unread;

	private final SessionTimes times;

	private Phase phase = Phase.OPEN;

	private boolean stalled;

	/**
	 * Creates the session of a connection.
	 * @param shared what all sessions share
	 * @param channel the connection
	 * @param unfinished bounds what is still coming in
	 */
	ServerSession(SessionContext shared, Channel channel, ByteBudget unfinished) {
		this.shared = shared;
		this.channel = channel;
		this.assembler = new FragmentAssembler(channel.eventLoop(), channel.alloc(),
				new FragmentAssembler.Limits(shared.memory().maxFrameBytes(), MAX_HALF_MESSAGES, unfinished), this);
		this.unread = new UnreadReplies(shared.memory().ofConnection(shared.unread()));
		this.writer = new ReplyWriter(channel, this.unread);
		this.handshake = new Handshake(shared.memory().maxFragmentBytes(), this.writer,
				new SessionTls(shared.tls(), channel, this.assembler));
		this.pending = new PendingCalls(this, shared.engine(), this.writer);
		this.times = new SessionTimes(this, shared.limits().connections());
	}

	/** Thread-safe: the calls that wait or run, cancelled ones included. */
	AtomicInteger calls() {
		return this.calls;
	}

	/** Thread-safe: counts the replies. */
	UnreadReplies unread() {
		return this.unread;
	}

	/** Thread-safe: how large replies are. */
	UsualSize usualReply() {
		return this.usualReply;
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
		if (this.channel.eventLoop().inEventLoop()) {
			reply(call, reply);
			return;
		}
		try {
			this.channel.eventLoop().execute(() -> reply(call, reply));
		}
		catch (RejectedExecutionException ex) {
			this.unread.drop(reply);
		}
	}

	private void reply(RunningCall call, ByteBuf reply) {
		this.pending.answered(call, reply);
		closeIfDone();
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
				this.times.draining();
			}
			else {
				this.phase = Phase.DRAINED;
				closeIfDone();
			}
		});
	}

	/** A client that was asked to go elsewhere had time to say that it does. */
	void drainOverdue() {
		if (this.phase == Phase.DRAINING) {
			this.phase = Phase.DRAINED;
			closeIfDone();
		}
	}

	void handshakeOverdue() {
		if (!this.handshake.isOver()) {
			logger.debug("Connection from {} closed: no handshake within its time", peer());
			closeNow();
		}
	}

	/** The connection is old enough, if its client can be told. */
	void retire() {
		if (this.handshake.isNegotiated()) {
			drain();
		}
	}

	/** Whether a handler works for the client. */
	boolean isWorking() {
		return this.pending.isWorking();
	}

	/** Zero if all is sent; else a number that changes when more of it is. */
	long unsent() {
		ChannelOutboundBuffer buffer = this.channel.unsafe().outboundBuffer();
		if (buffer == null || (buffer.isEmpty() && this.writer.isEmpty())) {
			return 0;
		}
		return 1 + buffer.totalPendingWriteBytes() + Long.MAX_VALUE / 2 - buffer.currentProgress();
	}

	/** Thread-safe. */
	void closeNow() {
		this.channel.close();
	}

	@Override
	public void channelActive(ChannelHandlerContext context) {
		assert context.executor().inEventLoop();
		this.shared.stats().connections.increment();
		long number = this.shared.registry().add(this);
		if (number < 0) {
			this.shared.stats().refusedConnections.increment();
			logger.debug("Connection from {} refused: there are too many", peer());
			closeNow();
			return;
		}
		this.times.start(number);
		context.fireChannelActive();
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext context, Object event) {
		if (event instanceof IdleStateEvent) {
			this.times.silent();
		}
		context.fireUserEventTriggered(event);
	}

	@Override
	public void channelInactive(ChannelHandlerContext context) {
		assert context.executor().inEventLoop();
		this.phase = Phase.CLOSING;
		this.times.stop();
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
		if (this.phase == Phase.CLOSING) {
			ReferenceCountUtil.release(frame);
			return;
		}
		if (frame instanceof RefusedFrame refused) {
			this.assembler.refuse(refused);
			return;
		}
		ByteBuf message = this.assembler.append((ByteBuf) frame);
		if (message != null) {
			try {
				receive(message);
			}
			finally {
				message.release();
			}
		}
	}

	/** Requests that will be nacked need not be kept. */
	@Override
	public boolean wants(int type, int tag) {
		return this.phase != Phase.DRAINED;
	}

	/** Is answered at its end: a client may give its tag to another call before that. */
	@Override
	public void givenUp(int type, int tag, Refusal refusal) {
		logger.debug("Request from {} dropped as it comes in: {}", peer(), refusal.why());
	}

	@Override
	public void dropped(int type, int tag, @Nullable Refusal refusal) {
		if (!this.handshake.isOver()) {
			throw new MuxProtocolException("first message: over a limit (expected: a handshake)");
		}
		if (type != MuxType.TDISPATCH && type != MuxType.TREQ) {
			unexpected(tag, type);
			return;
		}
		ReplyFormat format = (type == MuxType.TDISPATCH) ? ReplyFormat.RDISPATCH : ReplyFormat.RREQ;
		if (isTaken(tag, format) && refusal != null) {
			this.pending.refuse(tag, format, refusal);
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
		if (isTaken(tag, format)) {
			this.pending.start(message, format);
		}
	}

	/** Whether a request may be answered as such. */
	private boolean isTaken(int tag, ReplyFormat format) {
		this.shared.stats().requests.increment();
		if (this.pending.isInUse(tag)) {
			this.writer.writeNow(RerrCodec.encode(allocator(), tag, "Received duplicate tag " + tag + " from client."));
			finish();
			return false;
		}
		if (this.phase == Phase.DRAINED) {
			this.pending.nack(tag, format, Context.empty());
			return false;
		}
		return true;
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
