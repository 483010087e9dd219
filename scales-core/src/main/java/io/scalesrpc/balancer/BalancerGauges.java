package io.scalesrpc.balancer;

import java.util.Locale;

import io.micrometer.core.instrument.Tags;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;

/**
 * Shows the members of a balancer by state, and its pending calls. <em>Stateless</em>.
 */
final class BalancerGauges {

	private BalancerGauges() {
	}

	static void register(Balancer balancer, ClientMetrics metrics) {
		for (SinkState state : SinkState.values()) {
			Tags tags = Tags.of("state", state.name().toLowerCase(Locale.ROOT));
			metrics.gauge(MeterNames.MEMBERS, tags, balancer, (source) -> count(source, state));
		}
		metrics.gauge(MeterNames.MEMBERS_ACTIVE, balancer, BalancerGauges::active);
		metrics.gauge(MeterNames.PENDING, balancer, Balancer::pending);
	}

	private static long active(Balancer balancer) {
		return balancer.nodes().stream().filter(NodeView::active).count();
	}

	private static long count(Balancer balancer, SinkState state) {
		return balancer.nodes().stream().filter((node) -> node.state() == state).count();
	}

}
