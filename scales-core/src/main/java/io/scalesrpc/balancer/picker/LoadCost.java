package io.scalesrpc.balancer.picker;

import io.scalesrpc.balancer.node.Node;

/**
 * The cost of a call by the calls in flight and the failures of a node.
 * <em>Stateless</em>.
 */
final class LoadCost implements Cost {

	@Override
	public double of(Node node, double weight, double failures, long now) {
		return (node.load() + failures) / weight;
	}

}
