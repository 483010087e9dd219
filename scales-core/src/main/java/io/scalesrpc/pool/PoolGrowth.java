package io.scalesrpc.pool;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.transport.ConnectionFactory;
import io.scalesrpc.transport.ConnectionFactory.Listener;

/**
 * How a pool gets more connections: as many at once as calls wait for, but none for a
 * second after the member refused one while others stand. <em>Confined to the pool's
 * serial executor.</em>
 */
final class PoolGrowth {

	/** How long a pool that could not grow makes do with what it has. */
	static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

	private final Member member;

	private final ConnectionFactory connections;

	private final PoolTerms terms;

	private int opening;

	private boolean paused;

	private long pausedAt;

	PoolGrowth(Member member, ConnectionFactory connections, PoolTerms terms) {
		this.member = member;
		this.connections = connections;
		this.terms = terms;
	}

	/** How many connections are being opened. */
	int opening() {
		return this.opening;
	}

	/**
	 * Opens connections for calls that wait.
	 * @param waiting how many wait
	 * @param room how many connections there may be more
	 * @param listener told of each
	 */
	void grow(int waiting, int room, Listener listener) {
		int wanted = Math.min(waiting, room);
		while (this.opening < wanted && !isPaused()) {
			this.opening++;
			this.connections.open(this.member, listener);
		}
	}

	/** An opening is over. */
	void over() {
		this.opening--;
	}

	void pause() {
		this.paused = true;
		this.pausedAt = this.terms.ticker().nanos();
	}

	/** Without a single connection there is nothing to make do with. */
	void resume() {
		this.paused = false;
	}

	private boolean isPaused() {
		this.paused = this.paused && this.terms.ticker().nanos() - this.pausedAt < PAUSE_NANOS;
		return this.paused;
	}

	@Override
	public String toString() {
		return this.member.toString();
	}

}
