package io.scalesrpc.mux.session;

import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RefusedFrame;
import io.scalesrpc.mux.TleaseCodec;
import io.scalesrpc.transport.ChannelSession;
import io.scalesrpc.transport.ReadActivity;
import io.scalesrpc.transport.SessionEnd;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of a mux session after its handshake: sends requests under tags,
 * takes answers, discards, pings, drains and leases (mux protocol, as Finagle speaks it).
 * <p>
 * Its state, seen through {@link SessionStatus}: OPEN until the server drains (Tdrain),
 * too many tags are owed or we close, then BUSY until nobody waits for an answer, then
 * CLOSED; from either to CLOSED when the connection ends. Whatever is wrong with what the
 * server sends ends the connection and nothing else. <em>Confined to the connection's
 * event loop</em>, but for {@link #abandon} and {@link #status}.
 */
final class MuxSession extends ChannelInboundHandlerAdapter implements ChannelSession, PingDetector.Owner {

	private final Channel channel;

	private final MuxSessionContext context;

	private final SessionStatus status;

	private final MuxRequests requests;

	private final MuxWriter writer;

	private final MuxAnswers answers;

	private final PingDetector ping;

	private final ReadActivity activity;

	private final RequestEncoder encoder;

	private final SessionEnd ending;

	/**
	 * Creates a session.
	 * @param channel the connection
	 * @param context what all sessions of the client share
	 * @param maxPieceBytes the largest body the server takes in one piece
	 */
	MuxSession(Channel channel, MuxSessionContext context, int maxPieceBytes) {
		this.channel = channel;
		this.ending = new SessionEnd(channel);
		this.context = context;
		this.encoder = new RequestEncoder(context, channel.alloc());
		this.status = new SessionStatus(context.limits(), context.ticker());
		this.requests = new MuxRequests(context);
		this.writer = new MuxWriter(channel, maxPieceBytes, context);
		this.answers = new MuxAnswers(channel, context, this.requests, this.writer);
		this.activity = ReadActivity.watch(channel);
		this.ping = new PingDetector(context.settings(),
				new PingDetector.Clocks(context.timer(), context.ticker(), channel.eventLoop()), this);
	}

	@Override
	public Channel channel() {
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
		return this.answers.halfBytes();
	}

	@Override
	public SessionEnd ending() {
		return this.ending;
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
		if (refusal != null) {
			dispatch.giveBack(refusal, null);
			return;
		}
		if (!this.requests.add(dispatch)) {
			dispatch.end(Failure.of(FailureKind.NOT_SENT, "no free tag on the connection"));
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
		this.answers.unwanted(dispatch.tag());
		closeIfDrained();
	}

	private void discard(MuxDispatch dispatch, Outcome outcome) {
		this.context.metrics().count(Event.DISCARDED);
		String why = (outcome instanceof Failure failure) ? failure.reason() : "answered elsewhere";
		this.writer.discard(dispatch.tag(), why);
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
		if (this.status.state() == SinkState.CLOSED) {
			ReferenceCountUtil.release(message);
			return;
		}
		if (message instanceof RefusedFrame refused) {
			this.answers.refuse(refused);
		}
		else {
			read((ByteBuf) message);
		}
		if (this.requests.isFlooded()) {
			drain();
		}
		closeIfDrained();
	}

	private void read(ByteBuf frame) {
		this.context.metrics().count(Event.BYTES_RECEIVED, frame.readableBytes() + MuxFrame.LENGTH_BYTES);
		this.ping.frameRead();
		ByteBuf whole = this.answers.append(frame);
		if (whole != null) {
			readAndRelease(whole);
		}
	}

	private void readAndRelease(ByteBuf frame) {
		try {
			readWhole(frame);
		}
		finally {
			frame.release();
		}
	}

	private void readWhole(ByteBuf frame) {
		int tag = MuxFrame.tag(frame);
		switch (MuxFrame.type(frame)) {
			case MuxType.RDISPATCH, MuxType.RREQ -> {
				this.answers.answer(frame, tag);
				this.status.served();
			}
			case MuxType.RERR, MuxType.RERR_OLD -> readError(frame, tag);
			case MuxType.RDISCARDED -> this.answers.discarded(tag);
			case MuxType.TPING -> this.writer.acknowledge(MuxType.RPING, tag);
			case MuxType.RPING -> this.ping.pong();
			case MuxType.TDRAIN -> {
				this.writer.acknowledge(MuxType.RDRAIN, tag);
				drain();
			}
			case MuxType.TLEASE -> this.status.lease(TleaseCodec.millis(frame));
			default -> throw new MuxProtocolException(
					"message type: " + MuxType.name(MuxFrame.type(frame)) + " (expected: one a server sends)");
		}
	}

	/**
	 * A server that does not understand pings or the end of the handshake says so here;
	 * that harms nobody.
	 */
	private void readError(ByteBuf frame, int tag) {
		if (tag < MuxFrame.FIRST_TAG) {
			this.ping.pong();
		}
		else {
			MuxDispatch dispatch = this.answers.notUnderstood(tag);
			if (dispatch != null) {
				repeatAsTreq(dispatch);
			}
			else {
				this.answers.error(frame, tag);
			}
		}
	}

	/** The call is encoded again here, which happens once in the life of a session. */
	private void repeatAsTreq(MuxDispatch dispatch) {
		this.status.speakTreq();
		ByteBuf frame = this.encoder.encode(dispatch.call(), dispatch.sequenceId(), true);
		if (frame != null) {
			dispatch.repeatAsTreq(frame);
			this.writer.write(dispatch);
		}
	}

	RequestEncoder encoder() {
		return this.encoder;
	}

	/** Ends the connection as soon as nobody waits for an answer. */
	@Override
	public void drainAndClose() {
		assert this.channel.eventLoop().inEventLoop();
		drain();
		closeIfDrained();
	}

	/** Ends the connection now. */
	@Override
	public void abort() {
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

	@Override
	public void sendPing() {
		this.writer.write(MuxFrame.empty(this.channel.alloc(), MuxType.TPING, MuxFrame.CONTROL_TAG));
	}

	@Override
	public long reads() {
		return this.activity.reads();
	}

	@Override
	public void dead() {
		fail("no answer to a ping within " + this.context.settings().pingTimeout().toMillis() + " ms", null);
	}

	/** The calls that wait behind what comes keep their chance. */
	@Override
	public void useless() {
		drainAndClose();
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
		end(isOwed() ? Failure.of(FailureKind.UNKNOWN, "connection closed by the server") : null);
		ctx.fireChannelInactive();
	}

	/** Whether a server that closes the connection owes somebody an answer. */
	private boolean isOwed() {
		return !this.status.isDraining() && this.requests.waiting() > 0;
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
		if (!this.ending.begin(failure)) {
			return;
		}
		this.status.state(SinkState.CLOSED);
		this.ping.stop();
		this.answers.close();
		this.writer.close();
		String reason = (failure != null) ? failure.reason() : "connection closed by the server while draining";
		this.requests.connectionLost(reason, (failure != null) ? failure.cause() : null);
		this.channel.close();
	}

}
