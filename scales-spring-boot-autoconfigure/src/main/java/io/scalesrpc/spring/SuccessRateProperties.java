package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.breaker.SuccessRate;
import org.jspecify.annotations.Nullable;

/**
 * Which share of its calls a member must answer. <em>Immutable</em>.
 *
 * @param min Least share that is good enough; 0 to 1, 0 for any.
 * @param window Time over which the share is taken; 1 second to 1 day.
 * @param minCalls Number of calls there must have been in that time; at least 1.
 */
public record SuccessRateProperties(@Nullable Double min, @Nullable Duration window, @Nullable Integer minCalls) {

	static final SuccessRateProperties NONE = new SuccessRateProperties(null, null, null);

	SuccessRateProperties over(SuccessRateProperties defaults) {
		return new SuccessRateProperties(ClientProperties.first(this.min, defaults.min),
				ClientProperties.first(this.window, defaults.window),
				ClientProperties.first(this.minCalls, defaults.minCalls));
	}

	SuccessRate toSettings() {
		SuccessRate own = SuccessRate.DEFAULT;
		return new SuccessRate(BalancerProperties.or(this.min, own.min()),
				BalancerProperties.or(this.window, own.window()), BalancerProperties.or(this.minCalls, own.minCalls()));
	}

}
