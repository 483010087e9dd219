package io.scalesrpc.balancer.dispatch;

import io.scalesrpc.balancer.BalancerType;

/**
 * The contract for {@link BalancerType#P2C}. <em>Confined to the test's thread.</em>
 */
class P2CBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.P2C;
	}

}
