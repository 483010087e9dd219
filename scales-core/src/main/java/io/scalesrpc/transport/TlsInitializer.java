package io.scalesrpc.transport;

import java.time.Duration;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelInitializer;
import io.netty.handler.ssl.SslHandler;
import io.scalesrpc.discovery.Member;

/**
 * Puts TLS below the protocol of one connection. <em>Confined to the connection's event
 * loop</em>.
 */
final class TlsInitializer extends ChannelInitializer<Channel> {

	private final TlsContexts contexts;

	private final Member member;

	private final String name;

	private final Duration limit;

	private final ChannelHandler protocol;

	/**
	 * Creates the initializer of a connection.
	 * @param contexts what TLS is made of
	 * @param member whom the connection is to
	 * @param name the name it must prove
	 * @param limit longest time that opening the connection may take
	 * @param protocol what comes above
	 */
	TlsInitializer(TlsContexts contexts, Member member, String name, Duration limit, ChannelHandler protocol) {
		this.contexts = contexts;
		this.member = member;
		this.name = name;
		this.limit = limit;
		this.protocol = protocol;
	}

	@Override
	protected void initChannel(Channel channel) {
		try {
			channel.pipeline().addLast(handler(channel), new TlsGate(this.name, this.contexts.offer()), this.protocol);
		}
		catch (IllegalArgumentException ex) {
			// Reloaded, and cannot be used: thrown it would only be logged.
			channel.pipeline().addLast(new RefusedConnect(ex));
		}
	}

	private SslHandler handler(Channel channel) {
		SslHandler handler = this.contexts.current().newHandler(channel.alloc(), this.name, this.member.port());
		// Whoever opens the connection gives up at the limit, and says more; had this the
		// same one, chance would decide which of the two is told.
		handler.setHandshakeTimeoutMillis(Math.max(1, 2 * this.limit.toMillis()));
		SNIHostName asked = ServerNames.of(this.name);
		SSLParameters parameters = handler.engine().getSSLParameters();
		parameters.setServerNames((asked != null) ? List.of(asked) : List.of());
		handler.engine().setSSLParameters(parameters);
		return handler;
	}

}
