package io.scalesrpc.mux.session;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RefusedFrame;
import io.scalesrpc.mux.TleaseCodec;
import io.scalesrpc.transport.channel.ChannelConnection;
import io.scalesrpc.transport.channel.ChannelSession;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.PingPace;
import io.scalesrpc.transport.channel.ReadActivity;
import io.scalesrpc.transport.channel.SessionEnd;
import io.scalesrpc.transport.channel.WriteQueue;

/**
 * The client's side of a mux session after its handshake: sends requests under tags,
 * takes answers, discards, pings, drains and leases (mux protocol, as Finagle speaks it).
 * <p>
 * It drains when the server says so (Tdrain), too many tags are owed or we close.
 * Whatever is wrong with what the server sends ends the connection and nothing else.
 * <em>Confined to the connection's event loop</em>, but for {@link #lease},
 * {@link #queue} and {@link #speaksTreq}.
 */
final class MuxSession extends ChannelInboundHandlerAdapter implements ChannelSession, PingDetector.Owner {

	private final Channel channel;

	private final MuxSessionContext context;

	private final Lease lease;

	private final WriteQueue queue;

	private final MuxRequests requests;

	private final MuxWriter writer;

	private final MuxAnswers answers;

	private final PingDetector ping;

	private final ReadActivity activity;

	private final RequestBuffers buffers;

	private final RequestEncoder encoder;

	private final SessionEnd ending;

	/** Whether the server has shown that it knows no Tdispatch, only Treq. */
	private volatile boolean treq;

	/**
	 * Creates a session.
	 * @param channel the connection
	 * @param context what all sessions of the client share
	 * @param maxPieceBytes the largest body the server takes in one piece
	 */
	MuxSession(Channel channel, MuxSessionContext context, int maxPieceBytes) {
		this.channel = channel;
		this.context = context;
		this.ending = new SessionEnd(channel, new ConnectionStatus(context.limits().maxPendingCalls()), this::left);
		this.buffers = new RequestBuffers(channel, MuxFrame.LENGTH_BYTES + context.limits().maxFrameBytes());
		this.encoder = new RequestEncoder(context, this.buffers);
		this.lease = new Lease(context.ticker());
		this.queue = new WriteQueue(context.limits().maxWriteQueueBytes());
		this.requests = new MuxRequests(context);
		this.writer = new MuxWriter(channel, maxPieceBytes, context, this.buffers);
		this.answers = new MuxAnswers(this.ending, context, this.requests, this.writer);
		this.activity = ReadActivity.watch(channel);
		this.ping = new PingDetector(context.settings(),
				new PingDetector.Clocks(context.timer().on(channel.eventLoop()), context.ticker(), channel.eventLoop()),
				new PingPace(context.settings().pingInterval(), this.ending.occupancy()), this);
	}

	Lease lease() {
		return this.lease;
	}

	WriteQueue queue() {
		return this.queue;
	}

	/** Whether requests go out as Treq. */
	boolean speaksTreq() {
		return this.treq;
	}

	RequestEncoder encoder() {
		return this.encoder;
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
		this.ping.called();
		if (this.requests.add(dispatch)) {
			this.writer.write(dispatch);
		}
		else {
			dispatch.refuse("no free tag on the connection");
		}
	}

	/** Nobody waits for a request any more. */
	void abandoned(MuxDispatch dispatch, Outcome outcome) {
		if (this.ending.hasBegun() || dispatch.tag() == 0) {
			return;
		}
		if (dispatch.isWritten()) {
			// Of a half request the server forgets the pieces it has, and answers
			// nothing.
			discard(dispatch, outcome);
		}
		if (dispatch.hasMore()) {
			this.requests.unsent(dispatch);
			this.writer.givenUp();
		}
		else {
			owe();
		}
		this.answers.unwanted(dispatch.tag());
	}

	private void discard(MuxDispatch dispatch, Outcome outcome) {
		this.context.metrics().count(Event.DISCARDED);
		String why = (outcome instanceof Failure failure) ? failure.reason() : "answered elsewhere";
		this.writer.discard(dispatch.tag(), why);
		if (outcome instanceof Failure failure && failure.kind() == FailureKind.TIMEOUT
				&& !dispatch.call().isHurried(failure)) {
			this.ping.callTimedOut();
		}
	}

	private void owe() {
		this.requests.owe();
		if (this.requests.owesTooMuch()) {
			this.ending.drain();
		}
	}

	/** A oneway call is over as soon as it is written; its tag is not. */
	void onewayWritten(MuxDispatch dispatch) {
		owe();
		dispatch.end(Reply.EMPTY);
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (this.ending.hasBegun()) {
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
			this.ending.drain();
		}
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
			case MuxType.RDISPATCH, MuxType.RREQ -> this.answers.answer(frame, tag);
			case MuxType.RERR, MuxType.RERR_OLD -> readError(frame, tag);
			case MuxType.RDISCARDED -> this.answers.discarded(tag);
			case MuxType.TPING -> this.writer.acknowledge(MuxType.RPING, tag);
			case MuxType.RPING -> this.ping.pong();
			case MuxType.TDRAIN -> {
				this.writer.acknowledge(MuxType.RDRAIN, tag);
				this.ending.drain();
			}
			case MuxType.TLEASE -> this.lease.begin(TleaseCodec.millis(frame));
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
		this.treq = true;
		ByteBuf frame;
		try {
			frame = this.encoder.encode(dispatch.call(), dispatch.sequenceId(), true);
		}
		catch (Throwable ex) {
			dispatch.call().end(ChannelConnection.notEncoded(ex));
			return;
		}
		dispatch.repeatAsTreq(frame);
		this.writer.write(dispatch);
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
		this.ending.fail("no answer to a ping within " + this.context.settings().pingTimeout().toMillis() + " ms",
				null);
	}

	/** The calls that wait behind what comes keep their chance. */
	@Override
	public void useless() {
		this.ending.drain();
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
		this.ending.thrown(cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		this.ending.closedByPeer();
		ctx.fireChannelInactive();
	}

	private void left(Failure failure) {
		this.ping.stop();
		this.answers.close();
		this.writer.close();
		this.buffers.close();
		this.requests.connectionLost(failure);
	}

}
