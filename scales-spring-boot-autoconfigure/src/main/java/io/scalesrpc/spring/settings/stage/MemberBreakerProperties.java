package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;

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
public record MemberBreakerProperties(@DefaultValue("true") boolean enabled, @DefaultValue("5") int consecutiveFailures,
		@NestedConfigurationProperty @DefaultValue SuccessRateProperties successRate,
		@DefaultValue("1s") Duration backoffMin, @DefaultValue("20s") Duration backoffMax) {

	/**
	 * The settings as the breaker takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public MemberBreakerSettings toSettings() {
		return new MemberBreakerSettings(this.enabled, this.consecutiveFailures,
				Checks.within("successRate", this.successRate::toSettings), this.backoffMin, this.backoffMax);
	}

}
