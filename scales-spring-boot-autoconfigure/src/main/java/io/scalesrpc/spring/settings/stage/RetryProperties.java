package io.scalesrpc.spring.settings.stage;

import java.util.Set;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.retry.RetrySettings;

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
public record RetryProperties(@DefaultValue("true") boolean enabled, @DefaultValue("3") int maxAttempts,
		@DefaultValue("connection-lost,timeout,remote") Set<FailureKind> on,
		@NestedConfigurationProperty @DefaultValue RetryBackoffProperties backoff,
		@NestedConfigurationProperty @DefaultValue RetryBudgetProperties budget) {

	/**
	 * The settings as the client takes them, without the budget.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public RetrySettings toSettings() {
		return new MethodRetryProperties(this.enabled, this.maxAttempts, this.on, this.backoff).toSettings();
	}

}
