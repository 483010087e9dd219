package io.scalesrpc.balancer.picker;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.call.Call;

/**
 * What makes one node a better choice than another. Implementations are
 * <em>thread-safe</em>.
 */
interface Cost {

	/**
	 * What one more call would cost at a node, its {@link #slowness} left out.
	 * @param node the node
	 * @param weight its share of the traffic, above zero
	 * @param failures what its recent failures weigh, in calls in flight
	 * @param now the time
	 * @return zero or more; the less the better. Idle nodes that are alike cost the same
	 * whatever their weight, which decides how often they are drawn
	 */
	double of(Node node, double weight, double failures, long now);

	/**
	 * By what the cost of a node is multiplied. With one above 1 more nodes are to be
	 * drawn to compare with: two that are drawn together may both be bad, and somebody
	 * would have to be picked.
	 */
	default double slowness(Node node, long now) {
		return 1;
	}

	/**
	 * Learns from a call.
	 * @param node where it went
	 * @param call it has ended
	 * @param nanos how long it took
	 * @param now the time
	 */
	default void learn(Node node, Call call, long nanos, long now) {
		// not every cost knows latencies
	}

}
