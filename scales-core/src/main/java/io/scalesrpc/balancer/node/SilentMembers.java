package io.scalesrpc.balancer.node;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Since when a node that has calls has answered nothing. <em>Thread-safe</em>; of two
 * that write at once one may be lost, which does no harm.
 */
public final class SilentMembers {

	/** Answers come often, and nobody needs to know better. */
	private static final long PRECISION_NANOS = 1_000_000;

	private final Patience patience;

	private final AtomicLong since = new AtomicLong();

	public SilentMembers(Patience patience) {
		this.patience = patience;
	}

	/** The first call of a node that had none is sent, at that time. */
	void begin(long now) {
		this.since.setRelease(now);
	}

	/** Breaks the silence: an answer came, which had taken so many nanoseconds. */
	void end(long nanos, long now) {
		this.patience.learn(nanos);
		if (now - this.since.get() > PRECISION_NANOS) {
			this.since.setRelease(now);
		}
	}

	/** Whether a node that has calls has been silent for too long. */
	boolean isTooLong(long now) {
		return this.patience.isOver(now - this.since.get());
	}

}
