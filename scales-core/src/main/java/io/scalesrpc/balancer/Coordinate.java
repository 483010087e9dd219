package io.scalesrpc.balancer;

import io.scalesrpc.call.Checks;

/**
 * Which of the clients of a service this process is: what lets
 * {@link BalancerType#DETERMINISTIC_APERTURE} give every server as many clients as any
 * other, without anybody talking to anybody. <em>Immutable</em>.
 *
 * @param instance the number of this process, from 0
 * @param total how many processes there are, above {@code instance}
 */
public record Coordinate(int instance, int total) {

	/** The only client: it calls all members. */
	public static final Coordinate ALONE = new Coordinate(0, 1);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public Coordinate {
		Checks.require(total >= 1, "total", total, ">= 1");
		Checks.requireBeside(instance >= 0 && instance < total, "instance", instance, "total",
				"from 0 to " + (total - 1));
	}

}
