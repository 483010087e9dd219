package io.scalesrpc.simulation;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.dispatch.Balancer;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;

/**
 * A way of balancing that is simulated: a row of each table. <em>Immutable</em>.
 *
 * @param name what stands in the table
 * @param factory makes the balancer of one process
 */
record Subject(String name, Function<Site, Sink> factory) {

	/** The balancers of the product with the defaults of their options, and Prequal. */
	static List<Subject> all() {
		List<Subject> all = new ArrayList<>();
		// Calls of the simulation have no keys.
		for (BalancerType type : EnumSet.complementOf(EnumSet.of(BalancerType.HASH))) {
			all.add(new Subject(type.name().toLowerCase(Locale.ROOT).replace('_', '-'), (site) -> real(type, site)));
		}
		all.add(new Subject("(prequal, probes)", (site) -> new Prequal(site, Prequal.Source.PROBES)));
		all.add(new Subject("(prequal, replies)", (site) -> new Prequal(site, Prequal.Source.REPLIES)));
		return all;
	}

	private static Sink real(BalancerType type, Site site) {
		Balancer balancer = new Balancer(site.set(), BalancerSettings.of(type).withCoordinate(site.coordinate()),
				site.links()::apply, new ClientMetrics(new SimpleMeterRegistry(), "simulated", "none"),
				new TimeAndChance(site.time(), site.time(), site.random(), Runnable::run));
		balancer.open();
		return balancer;
	}

}
