package io.scalesrpc.server;

import io.netty.channel.Channel;
import io.scalesrpc.mux.OpportunisticTls;
import io.scalesrpc.transport.TlsServer;
import org.jspecify.annotations.Nullable;

/**
 * Whether and when a server speaks TLS: from the first byte if there are settings of TLS
 * and nothing is to be agreed upon with clients. <em>Immutable</em>.
 *
 * @param tls below the connections; null for none
 * @param level what clients are told
 */
record ServerTls(@Nullable TlsServer tls, OpportunisticTls level) {

	static final ServerTls NONE = new ServerTls(null, OpportunisticTls.OFF);

	/**
	 * Refuses a level without anything to speak TLS with, or where nobody could agree.
	 */
	void requireComplete(ServerProtocol protocol) {
		if (protocol == ServerProtocol.THRIFT && this.level != OpportunisticTls.OFF) {
			throw new IllegalStateException("opportunisticTls: " + this.level + " (expected: OFF with plain Thrift)");
		}
		if (this.tls == null && this.level != OpportunisticTls.OFF) {
			throw new IllegalStateException(
					"opportunisticTls: " + this.level + " (expected: OFF, or tls with the certificate of the server)");
		}
	}

	/** Sets a new connection up. */
	void open(Channel channel) {
		if (this.level == OpportunisticTls.OFF) {
			begin(channel);
		}
	}

	/** Puts TLS below a connection. */
	void begin(Channel channel) {
		if (this.tls != null) {
			channel.pipeline().addFirst(this.tls.handler(channel));
		}
	}

}
