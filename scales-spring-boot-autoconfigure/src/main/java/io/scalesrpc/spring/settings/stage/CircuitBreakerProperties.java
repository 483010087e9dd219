package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When all calls are refused for a time, because too many failed. <em>Immutable</em>.
 *
 * @param enabled Whether calls are refused for a time after too many failures.
 * @param failMax Number of failures in a row after which calls are refused; at least 1.
 * @param resetTimeout Time for which they are, before a few are let through again; above
 * 0, at most 1 day.
 * @param halfOpenCalls Number of calls that are let through then and must all be
 * answered; at least 1.
 * @param failureRate Which share of failed calls is too much, too.
 * @param slowCall Which share of slow calls is too much, too.
 */
public record CircuitBreakerProperties(@DefaultValue("false") boolean enabled, @DefaultValue("5") int failMax,
		@DefaultValue("30s") Duration resetTimeout, @DefaultValue("1") int halfOpenCalls,
		@NestedConfigurationProperty @DefaultValue FailureRateProperties failureRate,
		@NestedConfigurationProperty @DefaultValue SlowCallProperties slowCall) {

	/**
	 * The settings as the breaker takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public CircuitBreakerSettings toSettings() {
		return new CircuitBreakerSettings(this.enabled, this.failMax, this.resetTimeout, this.halfOpenCalls,
				Checks.within("failureRate", this.failureRate::toSettings),
				Checks.within("slowCall", this.slowCall::toSettings));
	}

}
