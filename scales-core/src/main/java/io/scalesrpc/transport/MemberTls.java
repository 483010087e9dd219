package io.scalesrpc.transport;

import java.time.Duration;
import java.util.List;

import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLParameters;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.scalesrpc.discovery.Member;

/**
 * TLS with one member. <em>Immutable</em>.
 *
 * @param contexts what TLS is made of
 * @param member whom connections are to
 * @param name the name it must prove
 * @param limit longest time that opening a connection may take
 */
record MemberTls(TlsContexts contexts, Member member, String name, Duration limit) {

	/**
	 * What speaks TLS on a channel.
	 * @throws IllegalArgumentException if the material was reloaded and cannot be used
	 */
	SslHandler handler(Channel channel) {
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

	/** What stands above the handler of a channel that is to be connected. */
	TlsGate gate() {
		return new TlsGate(this.name, this.contexts.offer());
	}

	/**
	 * Begins TLS on a channel on which the protocol has spoken in clear. To be called on
	 * the channel's event loop.
	 * @return done when it is established; fails with what {@link TlsFailure} says, upon
	 * which the channel is closed
	 */
	ChannelFuture begin(Channel channel) {
		assert channel.eventLoop().inEventLoop();
		ChannelPromise established = channel.newPromise();
		try {
			channel.pipeline().addFirst(handler(channel), new TlsGate(this.name, this.contexts.offer(), established));
		}
		catch (IllegalArgumentException ex) {
			established.setFailure(ex);
			channel.close();
		}
		return established;
	}

}
