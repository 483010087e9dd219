package io.scalesrpc.balancer.node;

import java.time.Duration;

/**
 * The beginning of a node: its share of the traffic rises from a tenth to the whole, so
 * that a server whose caches and code are cold is not hit by everything that others have
 * too much of. It begins again when the node was down, and then takes as long as it was
 * down: who was away for a moment is not cold. <em>Thread-safe</em>; of two threads that
 * see a node down at once one may be a little behind.
 */
public final class SlowStart {

	private static final double FIRST_SHARE = 0.1;

	private volatile long most;

	/** When the node was first seen down. */
	private volatile long downSince;

	/** When the share began to rise: when the node was last seen down. */
	private volatile long began;

	/** Whether it has answered since. */
	private volatile boolean answered;

	/**
	 * Creates the beginning of a node.
	 * @param duration how long the share rises, zero or more
	 * @param began when it began
	 */
	public SlowStart(Duration duration, long began) {
		this.most = duration.toNanos();
		this.downSince = began - this.most;
		this.began = began;
	}

	/** From now on the share rises for so long at most. */
	void become(Duration duration) {
		this.most = duration.toNanos();
	}

	/** The node is seen down. */
	void again(long now) {
		if (this.answered) {
			this.answered = false;
			this.downSince = now;
		}
		this.began = now;
	}

	/** The node answered: when it is down the next time, that is another time. */
	void answered() {
		if (!this.answered) {
			this.answered = true;
		}
	}

	/** The part of its traffic that a node is to get, above zero, at most one. */
	double share(long now) {
		long start = this.began;
		long since = now - start;
		if (since >= this.most) {
			return 1;
		}
		long duration = Math.min(this.most, start - this.downSince);
		return (since >= duration) ? 1 : Math.max(FIRST_SHARE, (double) since / duration);
	}

}
