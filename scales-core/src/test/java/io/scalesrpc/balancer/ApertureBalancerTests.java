package io.scalesrpc.balancer;

/**
 * The contract for {@link BalancerType#APERTURE}. <em>Confined to the test's thread.</em>
 */
class ApertureBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.APERTURE;
	}

}
