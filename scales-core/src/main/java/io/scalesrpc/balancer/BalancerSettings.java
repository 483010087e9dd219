package io.scalesrpc.balancer;

/**
 * How a balancer chooses. <em>Immutable</em>.
 *
 * @param type the way of choosing
 */
public record BalancerSettings(BalancerType type) {

	/**
	 * A type with the defaults of its options.
	 * @param type the way of choosing
	 * @return the settings
	 */
	public static BalancerSettings of(BalancerType type) {
		return new BalancerSettings(type);
	}

}
