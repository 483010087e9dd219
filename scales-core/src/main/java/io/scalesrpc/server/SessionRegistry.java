package io.scalesrpc.server;

import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The open connections of a server, so that all of them can be counted and drained.
 * <em>Thread-safe</em>.
 */
final class SessionRegistry {

	private final Set<ServerSession> sessions = ConcurrentHashMap.newKeySet();

	private final CompletableFuture<Void> empty = new CompletableFuture<>();

	private final AtomicInteger open = new AtomicInteger();

	private final AtomicLong numbers = new AtomicLong();

	private final int max;

	private volatile boolean closing;

	SessionRegistry(int max) {
		this.max = max;
	}

	/**
	 * Takes a connection in.
	 * @return its number; negative if there are too many
	 */
	long add(ServerSession session) {
		if (this.open.incrementAndGet() > this.max) {
			this.open.decrementAndGet();
			return -1;
		}
		this.sessions.add(session);
		if (this.closing) {
			session.closeNow();
		}
		return this.numbers.getAndIncrement();
	}

	/** Forgets a connection, if it was taken in. */
	void remove(ServerSession session) {
		if (this.sessions.remove(session)) {
			this.open.decrementAndGet();
		}
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
