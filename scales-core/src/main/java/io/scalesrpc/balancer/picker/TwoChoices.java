package io.scalesrpc.balancer.picker;

import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Snapshot;
import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * Draws nodes by weight until it has two that are good, and takes the best of all it drew
 * (the power of two choices; Mitzenmacher, 2001). A node that is not open or that the
 * call avoids is none; with one that fails or is slow drawing goes on; one that is just
 * beginning, or has not answered its first call, is second best. So a pair of bad ones
 * costs some more draws and not a call. An idle node that is drawn is opened, and gets
 * calls when it is, or when all that are open fail. <em>Thread-safe</em>.
 *
 * @param cost what makes a node the better one
 * @param failures what is typical of the nodes
 * @param random the source of chance
 */
record TwoChoices(Cost cost, FailureBaseline failures, RandomGenerator random) {

	private static final int MAX_DRAWS = 10;

	TwoChoices(Cost cost, RandomGenerator random) {
		this(cost, new FailureBaseline(), random);
	}

	/** The index of the node to take; the snapshot must not be empty. */
	int pick(Snapshot seen, @Nullable Object avoided, long now) {
		if (seen.size() == 1) {
			return 0;
		}
		Best best = new Best();
		for (int draws = 0; draws < MAX_DRAWS && best.good < 2 && best.trial < 0; draws++) {
			int index = seen.at(this.random.nextDouble());
			if (index != best.index) {
				look(best, seen, index, avoided, now);
			}
		}
		if (best.trial >= 0) {
			return best.trial;
		}
		if (best.idle >= 0 && (best.index < 0 || best.failing)) {
			return best.idle;
		}
		return (best.index >= 0) ? best.index : seen.search(this.random.nextInt(seen.size()), avoided);
	}

	private void look(Best best, Snapshot seen, int index, @Nullable Object avoided, long now) {
		Node node = seen.node(index);
		if (node.is(avoided)) {
			return;
		}
		SinkState state = node.look(now);
		if (state != SinkState.OPEN) {
			best.idle = (state == SinkState.IDLE) ? index : best.idle;
			return;
		}
		double slowness = this.cost.slowness(node, now);
		if ((node.failures(now) > 0 || slowness > 1) && node.claimsTrial(now)) {
			best.trial = index;
			return;
		}
		double excess = this.failures.excess(node, seen.size(), now);
		double nodeCost = this.cost.of(node, seen.weight(index), excess, now) * slowness;
		boolean passedOver = node.isUnproven() || node.isPassedOver(this.random, now);
		boolean better = (passedOver == best.passedOver) ? nodeCost < best.cost : best.passedOver;
		if (better || best.index < 0) {
			best.index = index;
			best.cost = nodeCost;
			best.passedOver = passedOver;
			best.failing = excess > 0;
		}
		best.good += (passedOver || excess > 0 || slowness > 1) ? 0 : 1;
	}

	/**
	 * The best node so far. Short-lived: the compiler keeps it in registers. <em>Confined
	 * to the thread that picks.</em>
	 */
	private static final class Best {

		private int index = -1;

		/** One that failed, and is asked whether it still does. */
		private int trial = -1;

		private double cost;

		private boolean passedOver = true;

		private int good;

		private boolean failing;

		/** One that is being opened: better than one that fails. */
		private int idle = -1;

	}

}
