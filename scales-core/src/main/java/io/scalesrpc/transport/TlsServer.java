package io.scalesrpc.transport;

import io.netty.channel.Channel;
import io.netty.channel.ChannelHandler;

import io.scalesrpc.Internal;

/**
 * Puts TLS below the protocol of a server's connections. A client has ten seconds for its
 * handshake. <em>Thread-safe</em>.
 */
@Internal
public final class TlsServer {

	private final TlsContexts contexts;

	/**
	 * Checks the settings and keeps them.
	 * @param settings the settings
	 * @throws IllegalArgumentException if the material cannot be used
	 */
	public TlsServer(TlsServerSettings settings) {
		this.contexts = TlsContexts.of(settings);
	}

	/**
	 * The first handler of a connection.
	 * @param channel the connection
	 * @return a new handler
	 * @throws IllegalArgumentException if the material has changed and cannot be used
	 */
	public ChannelHandler handler(Channel channel) {
		return this.contexts.current().newHandler(channel.alloc());
	}

}
