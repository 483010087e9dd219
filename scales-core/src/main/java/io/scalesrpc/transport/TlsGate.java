package io.scalesrpc.transport;

import java.net.SocketAddress;

import javax.net.ssl.SSLHandshakeException;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslCloseCompletionEvent;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a connection from the protocol above until TLS is established: only then is it
 * connected and active, and what goes wrong before is a connection that could not be
 * opened. A connection that has spoken in clear becomes active once more when TLS is
 * established. States: CONNECTING to HANDSHAKE to OPEN (handshake done) or FAILED.
 * <em>Confined to the connection's event loop</em>, but for {@link #isWaiting}.
 */
final class TlsGate extends ChannelDuplexHandler {

	private final String name;

	private final @Nullable Alpn offer;

	private @Nullable ChannelPromise opening;

	private volatile State state = State.CONNECTING;

	/** What the connection is to the protocol. */
	private enum State {

		CONNECTING, HANDSHAKE, OPEN, FAILED

	}

	/** Of a connection that is yet to be made. */
	TlsGate(String name, @Nullable Alpn offer) {
		this.name = name;
		this.offer = offer;
	}

	/**
	 * Of a connection that was made without TLS, and on which its handshake begins now.
	 * @param name the name the server must prove
	 * @param offer what it is offered in the handshake; null for nothing
	 * @param established told how it went
	 */
	TlsGate(String name, @Nullable Alpn offer, ChannelPromise established) {
		this(name, offer);
		this.opening = established;
		this.state = State.HANDSHAKE;
	}

	/** Whether the server has not finished its handshake. Runs on any thread. */
	boolean isWaiting() {
		return this.state == State.HANDSHAKE;
	}

	@Override
	public void connect(ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
		assert ctx.executor().inEventLoop();
		this.opening = promise;
		ctx.connect(remote, local, ctx.newPromise().addListener((connected) -> {
			if (!connected.isSuccess()) {
				promise.tryFailure(connected.cause());
			}
		}));
	}

	/** The protocol hears of it later. */
	@Override
	public void channelActive(ChannelHandlerContext ctx) {
		assert ctx.executor().inEventLoop();
		if (this.state == State.CONNECTING) {
			this.state = State.HANDSHAKE;
		}
	}

	@Override
	public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
		assert ctx.executor().inEventLoop();
		if (event instanceof SslHandshakeCompletionEvent completion) {
			handshaken(ctx, completion.cause());
		}
		else if (event instanceof SslCloseCompletionEvent) {
			// Whoever says that nothing more will come is not called any more.
			ctx.close();
		}
		ctx.fireUserEventTriggered(event);
	}

	private void handshaken(ChannelHandlerContext ctx, @Nullable Throwable failure) {
		if (failure != null) {
			failed(ctx, failure);
		}
		else if (this.state == State.HANDSHAKE) {
			SSLHandshakeException problem = problem(ctx);
			if (problem != null) {
				failed(ctx, problem);
				return;
			}
			this.state = State.OPEN;
			if (this.opening != null) {
				this.opening.trySuccess();
			}
			ctx.fireChannelActive();
		}
	}

	/** What is wrong with the protocol that the server chose. */
	private @Nullable SSLHandshakeException problem(ChannelHandlerContext ctx) {
		SslHandler handler = ctx.pipeline().get(SslHandler.class);
		return (this.offer != null && handler != null) ? this.offer.problem(handler.applicationProtocol()) : null;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		assert ctx.executor().inEventLoop();
		if (this.state == State.OPEN) {
			ctx.fireExceptionCaught(cause);
		}
		else {
			failed(ctx, cause);
		}
	}

	@Override
	public void channelInactive(ChannelHandlerContext ctx) {
		assert ctx.executor().inEventLoop();
		if (this.state == State.OPEN) {
			ctx.fireChannelInactive();
		}
	}

	private void failed(ChannelHandlerContext ctx, Throwable cause) {
		if (this.state == State.OPEN || this.state == State.FAILED) {
			return;
		}
		this.state = State.FAILED;
		if (this.opening != null) {
			this.opening.tryFailure(TlsFailure.of((this.offer != null) ? this.offer.explain(cause) : cause, this.name));
		}
		ctx.close();
	}

}
