package io.scalesrpc.pool;

import java.time.Duration;
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
final class Stock {

	/** Every connection until it is closed. */
	private final Set<PooledConnection> all = new HashSet<>();

	private final ConcurrentLinkedDeque<PooledConnection> idle = new ConcurrentLinkedDeque<>();

	void add(PooledConnection connection) {
		this.all.add(connection);
	}

	/** Forgets one that is closed. */
	void remove(PooledConnection connection) {
		this.all.remove(connection);
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
	 * when they say so. Runs on any thread.
	 */
	@Nullable PooledConnection takeIdle() {
		PooledConnection connection = this.idle.pollFirst();
		while (connection != null && !connection.isUsable()) {
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
	 * Closes those that are too old, and surplus ones that have been idle for too long.
	 * @param now the ticker's reading
	 * @param settings how many are kept, and for how long
	 * @return nanoseconds until the next one could be idle for too long, at most the
	 * timeout
	 */
	long sweep(long now, PoolSettings settings) {
		long timeout = settings.idleTimeout().toNanos();
		int surplus = this.all.size() - settings.low();
		long next = timeout;
		for (Iterator<PooledConnection> oldest = this.idle.descendingIterator(); oldest.hasNext();) {
			PooledConnection connection = oldest.next();
			boolean idleTooLong = surplus > 0 && connection.idleNanos(now) >= timeout;
			if (!idleTooLong && !connection.isTooOld(now)) {
				next = (surplus > 0) ? Math.min(next, timeout - connection.idleNanos(now)) : next;
			}
			else if (this.idle.removeLastOccurrence(connection)) {
				surplus--;
				connection.close(Duration.ZERO);
			}
		}
		return next;
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
