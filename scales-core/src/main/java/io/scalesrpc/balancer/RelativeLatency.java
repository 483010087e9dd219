package io.scalesrpc.balancer;

import java.time.Duration;

/**
 * How many times longer the calls of one node take than is typical for their methods.
 * Averaged as a logarithm, so that one call that took a hundred times as long does not
 * condemn a node, and forgotten with time, so that a slow one is tried again: the slowest
 * after some twenty seconds, from then on every five to ten. <em>Thread-safe</em>.
 */
final class RelativeLatency {

	/** Up to twice the typical latency nodes are alike. */
	private static final double ALIKE = 1;

	/** How much one sample counts. */
	private static final double ALPHA = 0.15;

	private static final Duration DECAY = Duration.ofSeconds(10);

	/** The power of two of the typical latency. */
	private final DecayingValue power = new DecayingValue(DECAY);

	/**
	 * Adds a call.
	 * @param distance how many times the typical latency it took, as a power of two
	 * @param now the time
	 */
	void add(double distance, long now) {
		double before = this.power.get(now);
		this.power.set(before + ALPHA * (distance - before), now);
	}

	/** Adds a call that was given up, if that is news: it would have taken longer. */
	void raise(double distance, long now) {
		if (distance > this.power.get(now)) {
			add(distance, now);
		}
	}

	/**
	 * What a call there costs compared with others: one where nodes are alike, without a
	 * step where that ends.
	 */
	double factor(long now) {
		if (this.power.unfaded() <= ALIKE) {
			return 1;
		}
		return Math.max(1, Math.pow(2, this.power.get(now)) - 1);
	}

}
