package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import org.jspecify.annotations.Nullable;

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
public record CircuitBreakerProperties(@Nullable Boolean enabled, @Nullable Integer failMax,
		@Nullable Duration resetTimeout, @Nullable Integer halfOpenCalls,
		@NestedConfigurationProperty @DefaultValue FailureRateProperties failureRate,
		@NestedConfigurationProperty @DefaultValue SlowCallProperties slowCall) {

	static final CircuitBreakerProperties NONE = new CircuitBreakerProperties(null, null, null, null,
			FailureRateProperties.NONE, SlowCallProperties.NONE);

	/**
	 * These settings, and others where there is none.
	 * @param defaults the other settings
	 * @return the settings in effect
	 */
	public CircuitBreakerProperties over(CircuitBreakerProperties defaults) {
		return new CircuitBreakerProperties(ClientProperties.first(this.enabled, defaults.enabled),
				ClientProperties.first(this.failMax, defaults.failMax),
				ClientProperties.first(this.resetTimeout, defaults.resetTimeout),
				ClientProperties.first(this.halfOpenCalls, defaults.halfOpenCalls),
				this.failureRate.over(defaults.failureRate), this.slowCall.over(defaults.slowCall));
	}

	/**
	 * Whether nothing is set here.
	 * @return {@code true} for a method that is as its client
	 */
	public boolean isEmpty() {
		return equals(NONE);
	}

	/**
	 * The settings as the breaker takes them.
	 * @return the settings, off unless switched on, and those not set being the breaker's
	 * own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name in the core
	 */
	public CircuitBreakerSettings toSettings() {
		CircuitBreakerSettings own = CircuitBreakerSettings.OFF;
		return new CircuitBreakerSettings(BalancerProperties.or(this.enabled, own.enabled()),
				BalancerProperties.or(this.failMax, own.failMax()),
				BalancerProperties.or(this.resetTimeout, own.resetTimeout()),
				BalancerProperties.or(this.halfOpenCalls, own.halfOpenCalls()), this.failureRate.toSettings(),
				this.slowCall.toSettings());
	}

}
