package io.scalesrpc.balancer.picker;

import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.balancer.node.Node;

/**
 * What the recent failures of a node weigh beyond those of the others. What all have in
 * common, such as a database behind them that fails, says nothing about a node: whoever
 * avoided it would send everything to the few that were lucky. <em>Thread-safe</em>; of
 * two samples at once one may be lost.
 */
final class FailureBaseline {

	private static final double ALPHA = 1.0 / 64;

	private static final double LOAD_ALPHA = 1.0 / 16;

	/** Luck makes that much of a difference. */
	private static final double TOLERANCE = 1.5;

	private static final double NOTHING = 0.001;

	/** The average weight of those that were looked at, as the bits of a double. */
	private final AtomicLong average = new AtomicLong();

	/** The average load of those that were looked at while there were failures. */
	private final AtomicLong load = new AtomicLong();

	/**
	 * Looks at a node that was drawn.
	 * @param node the node
	 * @param nodes how many there are, two or more
	 * @param now the time
	 * @return its weight beyond what is typical of the others, zero or more, in calls in
	 * flight; where many are in flight a failure weighs as many times more
	 */
	double excess(Node node, int nodes, long now) {
		double own = node.failures(now);
		double all = Double.longBitsToDouble(this.average.get());
		if (own == 0 && all == 0) {
			return 0;
		}
		double next = all + ALPHA * (own - all);
		this.average.lazySet(Double.doubleToRawLongBits((next < NOTHING) ? 0 : next));
		double others = Math.max(0, (nodes * all - own) / (nodes - 1));
		return Math.max(0, own - TOLERANCE * others) * Math.max(1, typicalLoad(node));
	}

	private double typicalLoad(Node node) {
		double before = Double.longBitsToDouble(this.load.get());
		double next = before + LOAD_ALPHA * (node.load() - before);
		this.load.lazySet(Double.doubleToRawLongBits(next));
		return next;
	}

}
