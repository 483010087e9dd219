package io.scalesrpc.balancer.dispatch;

import io.scalesrpc.balancer.BalancerType;

/**
 * The contract for {@link BalancerType#DETERMINISTIC_APERTURE}. <em>Confined to the
 * test's thread.</em>
 */
class DeterministicApertureBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.DETERMINISTIC_APERTURE;
	}

}
