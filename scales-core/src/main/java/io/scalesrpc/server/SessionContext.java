package io.scalesrpc.server;

import io.scalesrpc.transport.TlsServer;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of a server share. <em>Thread-safe</em>.
 *
 * @param engine runs their calls
 * @param registry knows them all
 * @param maxFrameBytes the largest frame, and the most half messages of one connection
 * may add up to
 * @param maxFragmentBytes the largest body piece that clients are asked to send
 * @param tls below them; null for none
 */
record SessionContext(CallEngine engine, SessionRegistry registry, int maxFrameBytes, int maxFragmentBytes,
		@Nullable TlsServer tls) {

	ServerStats stats() {
		return this.engine.stats();
	}

}
