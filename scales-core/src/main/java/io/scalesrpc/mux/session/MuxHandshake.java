package io.scalesrpc.mux.session;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.scalesrpc.log.PeerText;
import io.scalesrpc.mux.InitCodec;
import io.scalesrpc.mux.MuxFrame;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.MuxType;
import io.scalesrpc.mux.RerrCodec;
import io.scalesrpc.time.Timer.Timeout;
import io.scalesrpc.transport.Connector;
import io.scalesrpc.transport.channel.ConnectAttempt;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of the start of a mux session: asks whether the server can negotiate
 * by the marker {@code Rerr("tinit check")}, and if it echoes that sends a Tinit and
 * waits for the Rinit. Any other answer to the marker means a server that knows no Tinit;
 * so does a server that keeps silent about the marker but answers the ping that follows
 * when half of the time is over. A server that was only slow gets both: Finagle's takes
 * the ping for the first message of a session without negotiation and refuses the Tinit
 * behind it, so that after a ping a refusal is no failure. When it is done it puts the
 * session in its own place. Finagle's handshake has no time limit; this one has the
 * connect timeout, which began with the resolution of the name.
 * <p>
 * If both sides want it, TLS begins after the Rinit, and nothing that was read in clear
 * is taken for more than the handshake. Who requires TLS asks no silent server with a
 * ping and takes no other answer than a Rinit.
 * <p>
 * States: CONNECTING to MARKER_SENT (TCP, and TLS if there is any, are done); MARKER_SENT
 * to TINIT_SENT (echo), PROBING (silence) or DONE (any other frame); PROBING to
 * TINIT_SENT or DONE; TINIT_SENT to ENCRYPTING or DONE; ENCRYPTING to DONE. <em>Confined
 * to the connection's event loop</em>.
 */
final class MuxHandshake extends ChannelInboundHandlerAdapter {

	private final MuxSessionContext context;

	private final Duration timeLimit;

	private final ConnectAttempt opening;

	private final SessionTls tls;

	private final List<Timeout> timeouts = new ArrayList<>(2);

	private State state = State.CONNECTING;

	private boolean pinged;

	private int maxPieceBytes = Integer.MAX_VALUE;

	/** What the handshake waits for. */
	private enum State {

		CONNECTING, MARKER_SENT, PROBING, TINIT_SENT, ENCRYPTING, DONE

	}

	/**
	 * Creates a handshake.
	 * @param context what the session will share
	 * @param timeLimit from the registration of the channel to the end of the handshake
	 * @param opening told the result
	 * @param tls compares what both sides want of TLS
	 */
	MuxHandshake(MuxSessionContext context, Duration timeLimit, ConnectAttempt opening, SessionTls tls) {
		this.context = context;
		this.timeLimit = timeLimit;
		this.opening = opening;
		this.tls = tls;
	}

	@Override
	public void handlerAdded(ChannelHandlerContext ctx) {
		after(ctx, this.timeLimit.dividedBy(2), () -> markerUnanswered(ctx));
		after(ctx, this.timeLimit,
				() -> failed(ctx, "no connection within " + this.timeLimit.toMillis() + " ms" + waitingFor(ctx), null));
	}

	private String waitingFor(ChannelHandlerContext ctx) {
		String handshake = Connector.waitingFor(ctx.channel());
		boolean connected = this.state != State.CONNECTING;
		return (handshake.isEmpty() && connected) ? this.tls.expectation() : handshake;
	}

	private void after(ChannelHandlerContext ctx, Duration delay, Runnable task) {
		Runnable onLoop = () -> ctx.executor().execute(task);
		this.timeouts.add(this.context.timer().schedule(onLoop, delay.toNanos(), TimeUnit.NANOSECONDS));
	}

	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		if (this.state == State.CONNECTING) {
			this.state = State.MARKER_SENT;
			send(ctx, RerrCodec.encode(ctx.alloc(), MuxFrame.CONTROL_TAG, RerrCodec.MARKER));
		}
		else if (this.state == State.ENCRYPTING) {
			done(ctx);
		}
		ctx.fireChannelActive();
	}

	/**
	 * Half of the time is over and the server has not said a word: perhaps it answers
	 * what every version knows.
	 */
	private void markerUnanswered(ChannelHandlerContext ctx) {
		if (this.state == State.MARKER_SENT && this.tls.allowsClear()) {
			this.state = State.PROBING;
			this.pinged = true;
			send(ctx, MuxFrame.empty(ctx.alloc(), MuxType.TPING, MuxFrame.CONTROL_TAG));
		}
	}

	@Override
	public void channelRead(ChannelHandlerContext ctx, Object message) {
		if (!(message instanceof ByteBuf frame)) {
			throw new MuxProtocolException("handshake: a request or answer over the limit (expected: none)");
		}
		if (this.state == State.DONE || this.state == State.ENCRYPTING) {
			frame.release();
		}
		else if (this.state == State.TINIT_SENT) {
			negotiated(ctx, frame);
		}
		else if (RerrCodec.isMarker(frame)) {
			frame.release();
			this.state = State.TINIT_SENT;
			int maxPiece = this.context.settings().maxFragmentBytes();
			send(ctx, InitCodec.encode(ctx.alloc(), MuxType.TINIT, MuxFrame.CONTROL_TAG,
					InitCodec.headers(maxPiece, this.tls.level())));
		}
		else {
			withoutNegotiation(ctx, frame);
		}
	}

	private void withoutNegotiation(ChannelHandlerContext ctx, ByteBuf frame) {
		try {
			this.tls.requireClearAllowed(MuxType.name(MuxFrame.type(frame)));
			done(ctx);
			// To the session, which has taken this place; not through the decoder again.
			ctx.fireChannelRead(frame.retain());
		}
		finally {
			frame.release();
		}
	}

	private void negotiated(ChannelHandlerContext ctx, ByteBuf frame) {
		try {
			if (!this.pinged || MuxFrame.type(frame) != MuxType.RPING) {
				negotiated(ctx, rinit(frame));
			}
		}
		finally {
			frame.release();
		}
	}

	private void negotiated(ChannelHandlerContext ctx, Map<String, byte[]> headers) {
		this.maxPieceBytes = InitCodec.fragmentLimit(headers);
		if (this.tls.beginsWith(InitCodec.tls(headers), ctx.channel())) {
			this.state = State.ENCRYPTING;
			this.tls.begin(ctx.channel()).addListener((established) -> {
				if (!established.isSuccess()) {
					failed(ctx, "cannot connect: " + established.cause().getMessage(), established.cause());
				}
			});
		}
		else {
			done(ctx);
		}
	}

	/** What the server says; nothing if it has not understood. */
	private Map<String, byte[]> rinit(ByteBuf frame) {
		int type = MuxFrame.type(frame);
		if (type == MuxType.RERR || type == MuxType.RERR_OLD) {
			if (this.pinged) {
				return Map.of();
			}
			throw new MuxProtocolException("the server refused Tinit: " + PeerText.printable(RerrCodec.why(frame)));
		}
		if (type != MuxType.RINIT || InitCodec.version(frame) != InitCodec.VERSION) {
			throw new MuxProtocolException(
					"answer to Tinit: " + MuxType.name(type) + " (expected: Rinit of version 1)");
		}
		return InitCodec.headers(frame);
	}

	private void done(ChannelHandlerContext ctx) {
		this.state = State.DONE;
		cancelTimeouts();
		MuxSession session = new MuxSession(ctx.channel(), this.context, this.maxPieceBytes);
		ctx.pipeline().replace(this, null, session);
		this.opening.opened(() -> new MuxConnection(session, this.context), ctx.channel());
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		failed(ctx, "handshake failed: " + cause.getMessage(), cause);
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		failed(ctx, "connection closed during the handshake" + this.tls.expectation(), null);
	}

	@Override
	public void handlerRemoved(ChannelHandlerContext ctx) {
		cancelTimeouts();
	}

	private void failed(ChannelHandlerContext ctx, String reason, @Nullable Throwable cause) {
		if (this.state != State.DONE) {
			this.state = State.DONE;
			cancelTimeouts();
			this.opening.failed(reason, cause);
			ctx.close();
		}
	}

	private void cancelTimeouts() {
		this.timeouts.forEach(Timeout::cancel);
	}

	private static void send(ChannelHandlerContext ctx, ByteBuf frame) {
		ctx.writeAndFlush(frame, ctx.voidPromise());
	}

}
