package io.scalesrpc.mux.session;

import java.util.function.Function;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.ssl.SslHandler;
import io.scalesrpc.mux.MuxFrameDecoder;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.OpportunisticTls;

/**
 * What a handshake has to do with TLS: compares what both sides want, and begins it. A
 * session that is encrypted from its first byte asks for nothing. <em>Confined to the
 * connection's event loop</em>.
 *
 * @param level what this side wants
 * @param begin begins TLS on a channel
 */
record SessionTls(OpportunisticTls level, Function<Channel, ChannelFuture> begin) {

	/** Whether there may be a session in clear with a server that cannot negotiate. */
	boolean allowsClear() {
		return this.level != OpportunisticTls.REQUIRED;
	}

	/** Behind what went wrong before the server has answered. */
	String expectation() {
		return allowsClear() ? ""
				: " (expected: a server that negotiates TLS, because opportunistic-tls is " + this.level.header() + ")";
	}

	/** Refuses a session with a server that has no headers. */
	void requireClearAllowed(String answer) {
		if (!allowsClear()) {
			throw new MuxProtocolException("the server does not negotiate, but said " + answer + expectation());
		}
	}

	/**
	 * Whether TLS begins now.
	 * @param peer what the server wants
	 * @throws MuxProtocolException if there can be no session
	 */
	boolean beginsWith(OpportunisticTls peer, Channel channel) {
		if (channel.pipeline().get(SslHandler.class) != null) {
			return false;
		}
		if (this.level.excludes(peer)) {
			throw new MuxProtocolException("TLS of the server: " + peer.header() + " (expected: "
					+ (allowsClear() ? "off or desired" : "desired or required") + ", because opportunistic-tls is "
					+ this.level.header() + ")");
		}
		return this.level.encryptsWith(peer);
	}

	/**
	 * Begins TLS. What has come in clear behind the Rinit would be taken for something
	 * that came through TLS.
	 * @throws MuxProtocolException if something has
	 */
	ChannelFuture begin(Channel channel) {
		if (channel.pipeline().get(MuxFrameDecoder.class).holdsBytes()) {
			throw new MuxProtocolException("bytes in clear behind the Rinit (expected: TLS, as agreed)");
		}
		return this.begin.apply(channel);
	}

}
