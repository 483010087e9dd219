package io.scalesrpc.transport;

import java.net.SocketAddress;

import javax.net.ssl.SSLException;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;

/**
 * Puts TLS below the protocol of one connection. <em>Confined to the connection's event
 * loop</em>.
 */
final class TlsInitializer extends ChannelInitializer<Channel> {

	private final MemberTls tls;

	private final ChannelHandler protocol;

	/**
	 * Creates the initializer of a connection.
	 * @param tls what is spoken with the member
	 * @param protocol what comes above
	 */
	TlsInitializer(MemberTls tls, ChannelHandler protocol) {
		this.tls = tls;
		this.protocol = protocol;
	}

	@Override
	protected void initChannel(Channel channel) {
		try {
			channel.pipeline().addLast(this.tls.handler(channel), this.tls.gate(), this.protocol);
		}
		catch (IllegalArgumentException ex) {
			// Reloaded, and cannot be used: thrown it would only be logged.
			channel.pipeline().addLast(new RefusedConnect(ex));
		}
	}

	/**
	 * Stands in for TLS that could not be made: refuses to connect, and says why.
	 * <em>Confined to the connection's event loop</em>.
	 */
	private static final class RefusedConnect extends ChannelOutboundHandlerAdapter {

		private final Exception reason;

		RefusedConnect(Exception reason) {
			this.reason = reason;
		}

		@Override
		public void connect(ChannelHandlerContext ctx, SocketAddress remote, SocketAddress local,
				ChannelPromise promise) {
			assert ctx.executor().inEventLoop();
			promise.setFailure(new SSLException(this.reason.getMessage(), this.reason));
		}

	}

}
