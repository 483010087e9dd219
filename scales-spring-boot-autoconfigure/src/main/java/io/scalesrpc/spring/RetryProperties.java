package io.scalesrpc.spring;

import java.util.Set;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.retry.RetrySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a call that failed is sent again, and how often. <em>Immutable</em>.
 *
 * @param enabled Whether a call that failed is sent again.
 * @param maxAttempts Number of times that a call is sent in all; 1 to 5.
 * @param on Failures after which a call of an idempotent method is sent again: unknown (a
 * lost connection), timeout (of an attempt), remote.
 * @param backoff How long such a call waits before.
 * @param budget How many additional attempts all calls may make together, those of
 * hedging included.
 */
public record RetryProperties(@Nullable Boolean enabled, @Nullable Integer maxAttempts, @Nullable Set<FailureKind> on,
		@NestedConfigurationProperty @DefaultValue RetryBackoffProperties backoff,
		@NestedConfigurationProperty @DefaultValue RetryBudgetProperties budget) {

	static final RetryProperties NONE = new RetryProperties(null, null, null, RetryBackoffProperties.NONE,
			RetryBudgetProperties.NONE);

	RetryProperties over(RetryProperties defaults) {
		return new RetryProperties(ClientProperties.first(this.enabled, defaults.enabled),
				ClientProperties.first(this.maxAttempts, defaults.maxAttempts),
				ClientProperties.first(this.on, defaults.on), this.backoff.over(defaults.backoff),
				this.budget.over(defaults.budget));
	}

	/**
	 * The settings as the client takes them.
	 * @return the settings, those not set being the core's own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name in the core
	 */
	public RetrySettings toSettings() {
		return new MethodRetryProperties(this.enabled, this.maxAttempts, this.on, this.backoff)
			.over(RetrySettings.DEFAULT);
	}

}
