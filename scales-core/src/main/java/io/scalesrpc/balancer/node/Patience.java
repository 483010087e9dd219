package io.scalesrpc.balancer.node;

import java.time.Duration;

/**
 * For how long a node with calls may answer nothing before others are preferred: ten
 * times what an answer of any node typically takes. A node that accepts calls and answers
 * none would gather them until the first of them times out. <em>Thread-safe</em>.
 */
public final class Patience {

	/** Below this a pause of a thread would be taken for silence. */
	static final Duration LEAST = Duration.ofMillis(20);

	private static final double TIMES = 10;

	private final LogAverage typical = new LogAverage();

	/** Learns how long an answer took, in nanoseconds. */
	void learn(long nanos) {
		this.typical.add(Math.max(1, nanos));
	}

	/** Whether a node has been silent for too long, in nanoseconds. */
	boolean isOver(long nanos) {
		return nanos > LEAST.toNanos() && this.typical.isKnown() && nanos > TIMES * this.typical.nanos();
	}

}
