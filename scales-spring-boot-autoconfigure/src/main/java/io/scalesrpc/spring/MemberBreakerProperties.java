package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.breaker.MemberBreakerSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a member that fails is left alone, and for how long. <em>Immutable</em>.
 *
 * @param enabled Whether a member that fails is left alone for a time.
 * @param consecutiveFailures Number of failures in a row after which a member is left
 * alone; at least 1.
 * @param successRate Which share of its calls a member must answer.
 * @param backoffMin Least time for which a member is left alone; 1 millisecond to 1 day.
 * @param backoffMax Most time for which a member is left alone; at least backoff-min, at
 * most 1 day.
 */
public record MemberBreakerProperties(@Nullable Boolean enabled, @Nullable Integer consecutiveFailures,
		@NestedConfigurationProperty @DefaultValue SuccessRateProperties successRate, @Nullable Duration backoffMin,
		@Nullable Duration backoffMax) {

	static final MemberBreakerProperties NONE = new MemberBreakerProperties(null, null, SuccessRateProperties.NONE,
			null, null);

	MemberBreakerProperties over(MemberBreakerProperties defaults) {
		return new MemberBreakerProperties(ClientProperties.first(this.enabled, defaults.enabled),
				ClientProperties.first(this.consecutiveFailures, defaults.consecutiveFailures),
				this.successRate.over(defaults.successRate),
				ClientProperties.first(this.backoffMin, defaults.backoffMin),
				ClientProperties.first(this.backoffMax, defaults.backoffMax));
	}

	/**
	 * The settings as the breaker takes them.
	 * @return the settings, those not set being the breaker's own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name in the core
	 */
	public MemberBreakerSettings toSettings() {
		MemberBreakerSettings own = MemberBreakerSettings.DEFAULT;
		return new MemberBreakerSettings(BalancerProperties.or(this.enabled, own.enabled()),
				BalancerProperties.or(this.consecutiveFailures, own.consecutiveFailures()),
				this.successRate.toSettings(), BalancerProperties.or(this.backoffMin, own.backoffMin()),
				BalancerProperties.or(this.backoffMax, own.backoffMax()));
	}

}
