package io.scalesrpc.balancer.node;

import java.time.Duration;

/**
 * How many times longer the calls of one node take than is typical for their methods.
 * Averaged as a logarithm, so that one call that took a hundred times as long does not
 * condemn a node. What was learnt of a slow node holds for a time, the longer the surer
 * it is; then the node is tried again, and the surer it was the more that call counts: it
 * is left alone again, or as good as any. So a slow node gets a call every twenty
 * seconds, however few calls there are, and one that is taken for slow by chance is back
 * after a second or two. <em>Thread-safe</em>.
 */
public final class RelativeLatency {

	/** Up to twice the typical latency nodes are alike. */
	private static final double ALIKE = 1;

	/** How much one sample counts. */
	private static final double ALPHA = 0.15;

	/** How much one counts that tells whether a node is still slow which surely was. */
	private static final double ALPHA_OF_TRIAL = 0.9;

	/** How long what was learnt of such a node holds, if it is sure. */
	private static final Duration HOLD = Duration.ofSeconds(20);

	/** The power of two of the typical latency; only its age fades. */
	private final DecayingValue power = new DecayingValue(HOLD);

	/**
	 * Adds a call.
	 * @param distance how many times the typical latency it took, as a power of two
	 * @param now the time
	 */
	public void add(double distance, long now) {
		double before = this.power.unfaded();
		double alpha = isSlow(before, now) ? ALPHA : Math.max(ALPHA, ALPHA_OF_TRIAL * certainty(before));
		this.power.set(before + alpha * (distance - before), now);
	}

	/** Adds a call that was given up, if that is news: it would have taken longer. */
	public void raise(double distance, long now) {
		double before = this.power.unfaded();
		if (distance > before || before > ALIKE && !isSlow(before, now)) {
			add(Math.max(distance, before), now);
		}
	}

	/**
	 * What a call there costs compared with others: one where nodes are alike, without a
	 * step where that ends.
	 */
	public double factor(long now) {
		double seen = this.power.unfaded();
		return isSlow(seen, now) ? Math.pow(2, seen) - 1 : 1;
	}

	private boolean isSlow(double seen, long now) {
		double certainty = certainty(seen);
		// Squared: who is just beyond what nodes are alike is so by chance more often.
		return seen > ALIKE && this.power.isYounger(certainty * certainty, now);
	}

	/** From 0 where nodes are alike up to 1 at four times the typical latency. */
	private static double certainty(double power) {
		return Math.max(0, Math.min(1, power - ALIKE));
	}

}
