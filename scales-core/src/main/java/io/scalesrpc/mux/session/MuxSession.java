package io.scalesrpc.mux.session;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.PeerText;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.mux.FragmentAssembler;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.mux.TdiscardedCodec;
import io.scalesrpc.mux.TleaseCodec;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a mux session after its handshake: sends requests under tags,
 * takes answers, discards, pings, drains and leases (mux protocol, as Finagle speaks it).
 * <p>
 * Its state, seen through {@link SessionStatus}: OPEN until the server drains (Tdrain),
 * too many tags are owed or we close, then BUSY until nobody waits for an answer, then
 * CLOSED; from either to CLOSED when the connection ends. Whatever is wrong with what the
 * server sends ends the connection and nothing else. <em>Confined to the connection's
 * event loop</em>, but for {@link #abandon}, {@link #status} and {@link #failure}.
 */
final class MuxSession extends ChannelInboundHandlerAdapter {

	private final Channel channel;

	private final MuxSessionContext context;

	private final SessionStatus status;

	private final MuxRequests requests;

	private final MuxWriter writer;

	private final FragmentAssembler fragments;

	private final PingDetector ping;

	/** Why the connection ends, once it does; read by those who are told of its end. */
	private volatile @Nullable Ending ending;

	/**
	 * The end of a connection. <em>Immutable</em>.
	 *
	 * @param failure what went wrong, or null if it is closed in good order
	 */
	private record Ending(@Nullable Failure failure) {
	}

	/**
	 * Creates a session.
	 * @param channel the connection
	 * @param context what all sessions of the client share
	 * @param maxPieceBytes the largest body the server takes in one piece
	 */
	MuxSession(Channel channel, MuxSessionContext context, int maxPieceBytes) {
		this.channel = channel;
		this.context = context;
		this.status = new SessionStatus(context.limits(), context.ticker());
		this.requests = new MuxRequests(context);
		this.writer = new MuxWriter(channel, maxPieceBytes, context.metrics());
		this.fragments = new FragmentAssembler(channel.eventLoop(), channel.alloc(), context.limits().maxFrameBytes(),
				context.limits().maxPendingCalls());
		this.ping = new PingDetector(context.settings(),
				new PingDetector.Clocks(context.timer(), context.ticker(), channel.eventLoop()), this::sendPing,
				() -> fail("no answer to a ping within " + context.settings().pingTimeout().toMillis() + " ms", null));
	}

	Channel channel() {
		return this.channel;
	}

	SessionStatus status() {
		return this.status;
	}

	/** How many answers the server owes to requests that nobody waits for. */
	int owedTags() {
		return this.requests.owed();
	}

	/** How many requests wait for the channel, those that were given up included. */
	int queuedRequests() {
		return this.writer.queued();
	}

	/** The bytes of replies of which pieces are missing. */
	long halfBytes() {
		return this.fragments.bytes();
	}

	/** Why the connection ended; null if it did in good order. */
	@Nullable Failure failure() {
		Ending known = this.ending;
		if (known != null) {
			return known.failure();
		}
		return (this.status.isDraining()) ? null : Failure.of(FailureKind.UNKNOWN, "connection closed by the server");
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		this.ping.ping();
	}

	/** Sends a request that was encoded elsewhere. */
	void send(MuxDispatch dispatch) {
		assert this.channel.eventLoop().inEventLoop();
		if (dispatch.call().isEnded()) {
			dispatch.done();
			return;
		}
		String refusal = this.status.refusal();
		if (refusal == null && !this.requests.add(dispatch)) {
			refusal = "no free tag on the connection";
		}
		if (refusal != null) {
			dispatch.end(Failure.of(FailureKind.NOT_SENT, refusal));
			return;
		}
		this.writer.write(dispatch);
	}

	/** Nobody waits for a request any more. Runs on any thread. */
	void abandon(MuxDispatch dispatch, Outcome outcome) {
		if (this.channel.eventLoop().inEventLoop()) {
			abandoned(dispatch, outcome);
			return;
		}
		try {
			this.channel.eventLoop().execute(() -> abandoned(dispatch, outcome));
		}
		catch (RejectedExecutionException ex) {
			// The event loop is gone, and with it the connection and all it owed.
		}
	}

	private void abandoned(MuxDispatch dispatch, Outcome outcome) {
		if (this.status.state() == SinkState.CLOSED) {
			return;
		}
		if (dispatch.phase() == MuxDispatch.Phase.WRITTEN) {
			discard(dispatch, outcome);
			owe(dispatch);
		}
		else if (dispatch.phase() == MuxDispatch.Phase.QUEUED) {
			if (dispatch.isHalfWritten()) {
				// The server forgets the pieces it has, and answers nothing.
				discard(dispatch, outcome);
			}
			this.requests.unsent(dispatch);
			this.writer.givenUp();
		}
		closeIfDrained();
	}

	private void discard(MuxDispatch dispatch, Outcome outcome) {
		this.context.metrics().count(Event.DISCARDED);
		String why = (outcome instanceof Failure failure) ? failure.reason() : "answered elsewhere";
		this.writer.write(TdiscardedCodec.encode(this.channel.alloc(), dispatch.tag(), why));
		if (outcome instanceof Failure failure && failure.kind() == FailureKind.TIMEOUT) {
			this.ping.callTimedOut();
		}
	}

	private void owe(MuxDispatch dispatch) {
		this.requests.owe(dispatch);
		if (this.requests.owesTooMuch()) {
			drain();
		}
	}

	/** A oneway call is over as soon as it is written; its tag is not. */
	void onewayWritten(MuxDispatch dispatch) {
		owe(dispatch);
		dispatch.call().end(Reply.EMPTY);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		ByteBuf frame = (ByteBuf) message;
		if (this.status.state() == SinkState.CLOSED) {
			frame.release();
			return;
		}
		this.context.metrics().count(Event.BYTES_RECEIVED, frame.readableBytes() + MuxFrame.LENGTH_BYTES);
		this.ping.frameRead();
		ByteBuf whole = this.fragments.append(frame);
		if (whole != null) {
			readAndRelease(whole);
			closeIfDrained();
		}
	}

	private void readAndRelease(ByteBuf frame) {
		try {
			read(frame);
		}
		finally {
			frame.release();
		}
	}

	private void read(ByteBuf frame) {
		int tag = MuxFrame.tag(frame);
		switch (MuxFrame.type(frame)) {
			case MuxType.RDISPATCH, MuxType.RREQ -> answer(this.requests.answered(tag), frame);
			case MuxType.RERR, MuxType.RERR_OLD -> readError(frame, tag);
			case MuxType.RDISCARDED -> discarded(tag);
			case MuxType.TPING -> acknowledge(MuxType.RPING, tag);
			case MuxType.RPING -> this.ping.pong();
			case MuxType.TDRAIN -> {
				acknowledge(MuxType.RDRAIN, tag);
				drain();
			}
			case MuxType.TLEASE -> this.status.lease(TleaseCodec.millis(frame));
			default -> throw new MuxProtocolException(
					"message type: " + MuxType.name(MuxFrame.type(frame)) + " (expected: one a server sends)");
		}
	}

	/** A server that asks and asks and never reads would fill the memory. */
	private void acknowledge(int type, int tag) {
		long unread = this.channel.bytesBeforeWritable();
		if (unread > this.context.limits().maxWriteQueueBytes()) {
			throw new MuxProtocolException("bytes the server does not read: " + unread + " (expected: <= "
					+ this.context.limits().maxWriteQueueBytes() + ")");
		}
		this.writer.write(MuxFrame.empty(this.channel.alloc(), type, tag));
	}

	/**
	 * Ends a call by its answer. Of a request that was not sent to its end the server
	 * keeps a half, to which the next request of that tag would be appended.
	 */
	private void finish(MuxDispatch dispatch, Outcome outcome) {
		if (dispatch.isHalfWritten()) {
			this.writer.givenUp();
			this.writer.write(TdiscardedCodec.encode(this.channel.alloc(), dispatch.tag(),
					"answered before it was sent to its end"));
		}
		dispatch.end(outcome);
	}

	private void answer(@Nullable MuxDispatch dispatch, ByteBuf frame) {
		if (dispatch == null) {
			return;
		}
		try {
			finish(dispatch, DispatchReply.read(this.context.codec(), dispatch.call(), dispatch.sequenceId(), frame));
		}
		catch (Throwable ex) {
			finish(dispatch, Failure.of(FailureKind.BUG, "answer that makes no sense: " + ex.getMessage(), ex));
			throw ex;
		}
	}

	/**
	 * A server that does not understand pings or the end of the handshake says so here;
	 * that harms nobody.
	 */
	private void readError(ByteBuf frame, int tag) {
		if (tag < MuxFrame.FIRST_TAG) {
			this.ping.pong();
			return;
		}
		this.fragments.discard(tag);
		MuxDispatch dispatch = this.requests.answered(tag);
		if (dispatch != null) {
			finish(dispatch,
					Failure.of(FailureKind.REMOTE, "server error: " + PeerText.printable(RerrCodec.why(frame))));
		}
	}

	private void discarded(int tag) {
		this.fragments.discard(tag);
		MuxDispatch dispatch = this.requests.discarded(tag);
		if (dispatch != null) {
			dispatch.end(Failure.of(FailureKind.REMOTE, "discarded by the server"));
		}
	}

	/** Ends the connection as soon as nobody waits for an answer. */
	void drainAndClose() {
		assert this.channel.eventLoop().inEventLoop();
		drain();
		closeIfDrained();
	}

	/** Ends the connection now. */
	void abort() {
		end((this.requests.waiting() == 0) ? null
				: Failure.of(FailureKind.UNKNOWN, "connection closed by this client"));
	}

	/** No new requests, and the end once nobody waits. */
	private void drain() {
		if (this.status.state() != SinkState.CLOSED) {
			this.status.state(SinkState.BUSY);
		}
	}

	private void closeIfDrained() {
		if (this.status.isDraining() && this.requests.waiting() == 0) {
			end(null);
		}
	}

	private void sendPing() {
		this.writer.write(MuxFrame.empty(this.channel.alloc(), MuxType.TPING, MuxFrame.CONTROL_TAG));
	}

	@Override
	public void channelWritabilityChanged(ChannelHandlerContext ctx) {
		this.writer.writeQueued();
		ctx.fireChannelWritabilityChanged();
	}

	/**
	 * Anything at all that goes wrong here, an {@link Error} included, makes the
	 * connection useless.
	 */
	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		fail((cause instanceof IOException) ? "connection lost: " + cause.getMessage()
				: "bytes that make no sense: " + cause.getMessage(), cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		end((this.status.isDraining()) ? null : failure());
		ctx.fireChannelInactive();
	}

	private void fail(String reason, @Nullable Throwable cause) {
		end(Failure.of(FailureKind.UNKNOWN, reason, cause));
	}

	/**
	 * Ends the connection and every request that is left on it.
	 * @param failure what went wrong, or null if it is closed in good order
	 */
	private void end(@Nullable Failure failure) {
		assert this.channel.eventLoop().inEventLoop();
		if (this.status.state() == SinkState.CLOSED) {
			return;
		}
		this.ending = new Ending(failure);
		this.status.state(SinkState.CLOSED);
		this.ping.stop();
		this.fragments.close();
		this.writer.close();
		String reason = (failure != null) ? failure.reason() : "connection closed by the server while draining";
		this.requests.connectionLost(reason, (failure != null) ? failure.cause() : null);
		this.channel.close();
	}

}
