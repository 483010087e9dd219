package io.scalesrpc.balancer.picker;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.scalesrpc.balancer.node.LogAverage;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.RelativeLatency;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.MethodSpec;

/**
 * The cost of a call by the calls in flight, the failures and the {@link RelativeLatency}
 * of a node. Calls in flight alone do not tell a slow node where few are in flight: it
 * looks as idle as the others whenever it has answered. Latencies are compared by method,
 * so that whoever got the heavy call is not taken for slow. <em>Thread-safe</em>.
 */
final class LatencyCost implements Cost {

	private final Map<MethodSpec, LogAverage> typical = new ConcurrentHashMap<>();

	@Override
	public double of(Node node, double weight, double failures, long now) {
		return (node.load() + failures) / weight + 1;
	}

	@Override
	public double slowness(Node node, long now) {
		return node.slowness().factor(now);
	}

	@Override
	public void learn(Node node, Call call, long nanos, long now) {
		LogAverage average = averageOf(call.method());
		long latency = Math.max(1, nanos);
		switch (LatencySample.of(call)) {
			case EXACT -> {
				// the first calls find everything cold, here and there
				if (node.isProvenBefore(now - nanos)) {
					node.slowness().add(average.add(latency), now);
				}
			}
			case AT_LEAST -> node.slowness().raise(average.distance(latency), now);
			case NOT -> {
			}
		}
	}

	/** A plain read for all calls of a method but its first. */
	private LogAverage averageOf(MethodSpec method) {
		LogAverage known = this.typical.get(method);
		return (known != null) ? known : this.typical.computeIfAbsent(method, (key) -> new LogAverage());
	}

}
