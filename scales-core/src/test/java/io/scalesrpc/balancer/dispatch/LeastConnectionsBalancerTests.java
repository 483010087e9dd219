package io.scalesrpc.balancer.dispatch;

import io.scalesrpc.balancer.BalancerType;

/**
 * The contract, and all that the heap promises, for
 * {@link BalancerType#LEAST_CONNECTIONS}. <em>Confined to the test's thread.</em>
 */
class LeastConnectionsBalancerTests extends HeapBalancerTests {

	@Override
	BalancerType type() {
		return BalancerType.LEAST_CONNECTIONS;
	}

}
