package io.scalesrpc.server;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The open connections of a server, so that all of them can be drained.
 * <em>Thread-safe</em>.
 */
final class SessionRegistry {

	private final Set<ServerSession> sessions = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> empty = new CompletableFuture<>();

	private volatile boolean closing;

	void add(ServerSession session) {
		this.sessions.add(session);
		if (this.closing) {
			session.closeNow();
		}
	}

	void remove(ServerSession session) {
		this.sessions.remove(session);
		completeIfEmpty();
	}

	/**
	 * Drains all sessions; one that comes later is closed at once.
	 * @return completes when the last one has gone
	 */
	CompletionStage<Void> drain() {
		this.closing = true;
		this.sessions.forEach(ServerSession::drain);
		completeIfEmpty();
		return this.empty;
	}

	/** Closes what has not gone by itself. */
	void closeNow() {
		this.sessions.forEach(ServerSession::closeNow);
	}

	private void completeIfEmpty() {
		if (this.closing && this.sessions.isEmpty()) {
			this.empty.complete(null);
		}
	}

}
