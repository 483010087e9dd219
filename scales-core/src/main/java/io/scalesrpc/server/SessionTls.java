package io.scalesrpc.server;

import io.netty.channel.Channel;
import io.netty.handler.ssl.SslHandler;
import io.scalesrpc.mux.FragmentAssembler;
import io.scalesrpc.mux.MuxFrameDecoder;
import io.scalesrpc.mux.MuxProtocolException;
import io.scalesrpc.mux.OpportunisticTls;

/**
 * What the handshake of one connection has to do with TLS. On a connection that is
 * encrypted from its first byte, nothing: whatever the client asks for is there.
 * <em>Confined to the connection's event loop</em>.
 *
 * @param server whether and when the server speaks it
 * @param channel the connection
 * @param assembler has the half messages of the connection
 */
record SessionTls(ServerTls server, Channel channel, FragmentAssembler assembler) {

	OpportunisticTls level() {
		return this.server.level();
	}

	/** Whether there can be no session with a client. */
	boolean excludes(OpportunisticTls client) {
		return !isEncrypted() && level().excludes(client);
	}

	/**
	 * Begins TLS if client and server want it; what was written before goes in clear.
	 * What has come in clear would be taken for something that came through TLS.
	 * @throws MuxProtocolException if there is something
	 */
	void beginWith(OpportunisticTls client) {
		if (isEncrypted() || !level().encryptsWith(client)) {
			return;
		}
		if (this.channel.pipeline().get(MuxFrameDecoder.class).holdsBytes() || this.assembler.bytes() > 0) {
			throw new MuxProtocolException("bytes in clear beside the Tinit (expected: TLS, as agreed)");
		}
		this.channel.flush();
		this.server.begin(this.channel);
	}

	private boolean isEncrypted() {
		return this.channel.pipeline().get(SslHandler.class) != null;
	}

}
