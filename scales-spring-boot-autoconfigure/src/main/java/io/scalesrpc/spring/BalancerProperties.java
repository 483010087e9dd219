package io.scalesrpc.spring;

import io.scalesrpc.balancer.BalancerType;
import org.jspecify.annotations.Nullable;

/**
 * How a client chooses among its members. <em>Immutable</em>.
 *
 * @param type The way of choosing.
 */
public record BalancerProperties(@Nullable BalancerType type) {

	BalancerProperties over(BalancerProperties defaults) {
		return (this.type != null) ? this : defaults;
	}

}
