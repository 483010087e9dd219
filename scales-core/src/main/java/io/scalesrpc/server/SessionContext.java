package io.scalesrpc.server;

/**
 * What all connections of a server share. <em>Thread-safe</em>.
 *
 * @param engine runs their calls
 * @param registry knows them all
 * @param maxFrameBytes the largest frame, and the most half messages of one connection
 * may add up to
 * @param maxFragmentBytes the largest body piece that clients are asked to send
 * @param tls whether and when it is spoken
 */
record SessionContext(CallEngine engine, SessionRegistry registry, int maxFrameBytes, int maxFragmentBytes,
		ServerTls tls) {

	ServerStats stats() {
		return this.engine.stats();
	}

}
