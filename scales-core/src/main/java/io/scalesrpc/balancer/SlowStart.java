package io.scalesrpc.balancer;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The beginning of a node: its share of the traffic rises from a tenth to the whole, so
 * that a server whose caches and code are cold is not hit by everything that others have
 * too much of. It begins again when the node was not available. <em>Thread-safe</em>.
 */
final class SlowStart {

	private static final double FIRST_SHARE = 0.1;

	private final long nanos;

	private final AtomicLong began;

	/**
	 * Creates the beginning of a node.
	 * @param duration how long the share rises, zero or more
	 * @param began when it began
	 */
	SlowStart(Duration duration, long began) {
		this.nanos = duration.toNanos();
		this.began = new AtomicLong(began);
	}

	void again(long now) {
		if (this.nanos > 0) {
			this.began.lazySet(now);
		}
	}

	/** The part of its traffic that a node is to get, above zero, at most one. */
	double share(long now) {
		long since = now - this.began.get();
		return (since >= this.nanos) ? 1 : Math.max(FIRST_SHARE, (double) since / this.nanos);
	}

}
