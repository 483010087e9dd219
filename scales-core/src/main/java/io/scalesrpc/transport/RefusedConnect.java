package io.scalesrpc.transport;

import java.net.SocketAddress;

import javax.net.ssl.SSLException;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Stands in for TLS that could not be made: refuses to connect, and says why.
 * <em>Confined to the connection's event loop</em>.
 */
final class RefusedConnect extends ChannelOutboundHandlerAdapter {

	private final Exception reason;

	RefusedConnect(Exception reason) {
		this.reason = reason;
	}

	@Override
	public void connect(ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local, ChannelPromise promise) {
		assert ctx.executor().inEventLoop();
		promise.setFailure(new SSLException(this.reason.getMessage(), this.reason));
	}

}
