package io.scalesrpc.server;

import io.scalesrpc.mux.ByteBudget;
import io.scalesrpc.server.limit.MemoryLimits;

/**
 * What all connections of a server share. <em>Thread-safe</em>.
 *
 * @param engine runs their calls
 * @param registry knows them all
 * @param limits bounds what each has
 * @param tls whether and when it is spoken
 * @param unfinished bounds the requests that are coming in
 * @param unread bounds the replies that wait for their clients
 */
record SessionContext(CallEngine engine, SessionRegistry registry, ServerLimits limits, ServerTls tls,
		ByteBudget unfinished, ByteBudget unread) {

	SessionContext(CallEngine engine, ServerLimits limits, ServerTls tls) {
		this(engine, new SessionRegistry(limits.connections().maxConnections()), limits, tls,
				limits.memory().unfinished(), limits.memory().unread());
	}

	ServerStats stats() {
		return this.engine.stats();
	}

	MemoryLimits memory() {
		return this.limits.memory();
	}

}
