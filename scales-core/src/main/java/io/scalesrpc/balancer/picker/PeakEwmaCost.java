package io.scalesrpc.balancer.picker;

import io.scalesrpc.balancer.node.DecayingValue;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.call.Call;

/**
 * The cost of a call by the calls in flight and a moving average of latencies in which a
 * peak counts at once and is forgotten slowly (Finagle's {@code PeakEwma}). A node that
 * has answered nothing yet gets one call and no second until then. <em>Stateless</em>:
 * the averages are the nodes'.
 */
final class PeakEwmaCost implements Cost {

	/** More than any latency: what Finagle takes. */
	private static final double PENALTY = Long.MAX_VALUE >> 16;

	@Override
	public double of(Node node, double weight, double failures, long now) {
		double latency = node.latency().get(now);
		double calls = (node.load() + failures) / weight;
		return (latency == 0 && calls > 0) ? PENALTY + calls : latency * (calls + 1);
	}

	@Override
	public void learn(Node node, Call call, long nanos, long now) {
		DecayingValue average = node.latency();
		long latency = Math.max(1, nanos);
		double before = average.get(now);
		LatencySample latencySample = LatencySample.of(call);
		if (latencySample != LatencySample.NOT && latency > before) {
			average.set(latency, now);
		}
		else if (latencySample == LatencySample.EXACT) {
			average.set(before + latency * (1 - average.rest(now)), now);
		}
	}

}
