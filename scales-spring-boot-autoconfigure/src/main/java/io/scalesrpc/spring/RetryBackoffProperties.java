package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.retry.RetryBackoff;
import org.jspecify.annotations.Nullable;

/**
 * How long a call waits before it is sent again: any time below a bound that grows.
 * <em>Immutable</em>.
 *
 * @param initial Bound of the first wait; above 0, at most 1 day.
 * @param multiplier Factor by which the bound grows with each wait; 1 to 100.
 * @param max Largest bound; at least initial, at most 1 day.
 */
public record RetryBackoffProperties(@Nullable Duration initial, @Nullable Double multiplier, @Nullable Duration max) {

	static final RetryBackoffProperties NONE = new RetryBackoffProperties(null, null, null);

	RetryBackoffProperties over(RetryBackoffProperties defaults) {
		return new RetryBackoffProperties(ClientProperties.first(this.initial, defaults.initial),
				ClientProperties.first(this.multiplier, defaults.multiplier),
				ClientProperties.first(this.max, defaults.max));
	}

	RetryBackoff over(RetryBackoff otherwise) {
		return new RetryBackoff(BalancerProperties.or(this.initial, otherwise.initial()),
				BalancerProperties.or(this.multiplier, otherwise.multiplier()),
				BalancerProperties.or(this.max, otherwise.max()));
	}

}
