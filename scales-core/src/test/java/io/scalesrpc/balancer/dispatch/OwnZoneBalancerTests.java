package io.scalesrpc.balancer.dispatch;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.ZoneSettings;

/**
 * The contract where a zone is set and members say none. <em>Confined to the test's
 * thread.</em>
 */
class OwnZoneBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.P2C;
	}

	@Override
	BalancerSettings settings() {
		return super.settings().withZone(ZoneSettings.of("eu-1a"));
	}

}
