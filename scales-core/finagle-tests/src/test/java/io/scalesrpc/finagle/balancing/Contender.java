package io.scalesrpc.finagle.balancing;

import java.util.Arrays;
import java.util.List;

/**
 * A client with one of its balancers. <em>Immutable</em>.
 *
 * @param name {@code scales} or {@code finagle}, a hyphen, the balancer
 */
record Contender(String name) {

	/** Ours as it comes, and Finagle's. */
	static final String DEFAULT = "scales-default,finagle-p2c,finagle-ewma,finagle-aperture,finagle-heap";

	static List<Contender> parse(String names) {
		return Arrays.stream(names.split(",")).map(Contender::new).toList();
	}

	boolean scales() {
		return this.name.startsWith("scales-");
	}

	String balancer() {
		return this.name.substring(this.name.indexOf('-') + 1);
	}

}
