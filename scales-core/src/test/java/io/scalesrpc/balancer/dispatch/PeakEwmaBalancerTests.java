package io.scalesrpc.balancer.dispatch;

import io.scalesrpc.balancer.BalancerType;

/**
 * The contract for {@link BalancerType#P2C_EWMA}. <em>Confined to the test's thread.</em>
 */
class PeakEwmaBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.P2C_EWMA;
	}

}
