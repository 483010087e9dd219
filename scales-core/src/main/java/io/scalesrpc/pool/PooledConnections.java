package io.scalesrpc.pool;

import java.time.Duration;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedDeque;

import org.jspecify.annotations.Nullable;

/**
 * The connections of a pool, and those among them that nobody uses. The one that was used
 * last is lent first: it is the least likely to have been closed by the server meanwhile,
 * and those that are not needed grow old at the other end. <em>The idle ones are
 * thread-safe</em>, without locks, and whoever takes one out has it alone; <em>all else
 * is confined to the pool's serial executor</em>.
 */
final class PooledConnections {

	/** Every connection until it is closed. */
	private final Set<PooledConnection> all = new HashSet<>();

	/** Those that are being closed because nobody used them. */
	private final Set<PooledConnection> swept = new HashSet<>();

	private final ConcurrentLinkedDeque<PooledConnection> idle = new ConcurrentLinkedDeque<>();

	void add(PooledConnection connection) {
		this.all.add(connection);
	}

	/** Forgets one that is closed. */
	void remove(PooledConnection connection) {
		this.all.remove(connection);
		this.swept.remove(connection);
		this.idle.remove(connection);
	}

	int size() {
		return this.all.size();
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	/** Adds one that may be lent. Runs on any thread. */
	void addIdle(PooledConnection connection) {
		this.idle.addFirst(connection);
	}

	/**
	 * Takes the one that was used last; those that died are left out, and will be removed
	 * when they say so. Those that are too old or were idle for too long are closed. Runs
	 * on any thread.
	 * @param now the ticker's reading
	 */
	@Nullable PooledConnection takeIdle(long now) {
		PooledConnection connection = this.idle.pollFirst();
		while (connection != null && (!connection.isUsable() || connection.isOver(now))) {
			connection.close(Duration.ZERO);
			connection = this.idle.pollFirst();
		}
		return connection;
	}

	/** How many may be lent. Runs on any thread. */
	int idle() {
		return this.idle.size();
	}

	/** Whether none may be lent. Runs on any thread. */
	boolean isBusy() {
		return this.idle.isEmpty();
	}

	/**
	 * Closes those that are too old or have been idle for too long.
	 * @param now the ticker's reading
	 * @return how many of them had calls in their time
	 */
	int sweep(long now) {
		int used = 0;
		for (Iterator<PooledConnection> oldest = this.idle.descendingIterator(); oldest.hasNext();) {
			PooledConnection connection = oldest.next();
			if (connection.isOver(now) && this.idle.removeLastOccurrence(connection)) {
				this.swept.add(connection);
				used += connection.isUsed() ? 1 : 0;
				connection.close(Duration.ZERO);
			}
		}
		return used;
	}

	/** Whether one that nobody uses was answered lately. Runs on any thread. */
	boolean hasGoodOne(long now) {
		return this.idle.stream().anyMatch((one) -> one.isGood(now));
	}

	/** The one whose place another should take first; null if none should now. */
	@Nullable PooledConnection toRelieve(long now) {
		return this.all.stream()
			.filter((one) -> one.isUsed() && one.untilRelief(now) <= 0 && !this.swept.contains(one))
			.min(Comparator.comparingLong((one) -> one.untilRelief(now)))
			.orElse(null);
	}

	/** How long it takes until another should take the place of one. */
	long untilRelief(long now) {
		return this.all.stream().mapToLong((one) -> one.untilRelief(now)).min().orElse(Long.MAX_VALUE);
	}

	/** Closes one that was relieved, now if nobody uses it. */
	void relieve(PooledConnection connection) {
		connection.relieve();
		if (this.idle.removeLastOccurrence(connection)) {
			this.swept.add(connection);
			connection.close(Duration.ZERO);
		}
	}

	/** How many there will be when those that were swept are gone. */
	int staying() {
		return this.all.size() - this.swept.size();
	}

	/**
	 * How long it takes until one could be idle for too long.
	 * @param now the ticker's reading
	 * @param timeout how long they may be idle
	 * @return nanoseconds, more than zero, at most the timeout
	 */
	long untilNext(long now, long timeout) {
		PooledConnection oldest = this.idle.peekLast();
		return (oldest != null) ? Math.max(1, timeout - oldest.idleNanos(now)) : timeout;
	}

	void closeIdle() {
		for (PooledConnection next = this.idle.pollFirst(); next != null; next = this.idle.pollFirst()) {
			next.close(Duration.ZERO);
		}
	}

	void close(Duration grace) {
		List.copyOf(this.all).forEach((connection) -> connection.close(grace));
	}

}
