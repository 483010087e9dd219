package io.scalesrpc.finagle.peer;

import com.twitter.finagle.ThriftMux;
import com.twitter.finagle.loadbalancer.Balancers;
import com.twitter.finagle.loadbalancer.LoadBalancerFactory;

/**
 * Finagle's balancers by name, with their own defaults. <em>Stateless</em>.
 */
final class PeerBalancers {

	private PeerBalancers() {
	}

	/**
	 * Gives a client a balancer.
	 * @param client the client
	 * @param name {@code default}, which leaves it to Finagle, {@code p2c}, {@code ewma},
	 * {@code aperture}, {@code aperture-ewma}, {@code heap} or {@code rr}
	 */
	static ThriftMux.Client in(ThriftMux.Client client, String name) {
		return name.equals("default") ? client : client.configured(new LoadBalancerFactory.Param(factory(name)).mk());
	}

	private static LoadBalancerFactory factory(String name) {
		return switch (name) {
			case "p2c" -> Balancers.p2c(Balancers.p2c$default$1());
			case "ewma" -> Balancers.p2cPeakEwma(Balancers.p2cPeakEwma$default$1(), Balancers.p2cPeakEwma$default$2());
			case "aperture" -> Balancers.aperture(Balancers.aperture$default$1(), Balancers.aperture$default$2(),
					Balancers.aperture$default$3(), Balancers.aperture$default$4(), Balancers.aperture$default$5(),
					Balancers.aperture$default$6());
			case "aperture-ewma" -> Balancers.aperturePeakEwma(Balancers.aperturePeakEwma$default$1(),
					Balancers.aperturePeakEwma$default$2(), Balancers.aperturePeakEwma$default$3(),
					Balancers.aperturePeakEwma$default$4(), Balancers.aperturePeakEwma$default$5(),
					Balancers.aperturePeakEwma$default$6());
			case "heap" -> Balancers.heap(Balancers.heap$default$1());
			case "rr" -> Balancers.roundRobin();
			default -> throw new IllegalArgumentException("balancer: " + name + " (expected: one of Finagle's)");
		};
	}

}
