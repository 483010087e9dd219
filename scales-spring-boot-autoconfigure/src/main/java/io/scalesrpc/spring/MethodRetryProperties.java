package io.scalesrpc.spring;

import java.util.Set;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.retry.RetrySettings;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When a call of one method that failed is sent again, and how often. There is one budget
 * a client, and none here. <em>Immutable</em>.
 *
 * @param enabled Whether a call that failed is sent again.
 * @param maxAttempts Number of times that a call is sent in all; 1 to 5.
 * @param on Failures after which a call of an idempotent method is sent again: unknown (a
 * lost connection), timeout (of an attempt), remote.
 * @param backoff How long such a call waits before.
 */
public record MethodRetryProperties(@Nullable Boolean enabled, @Nullable Integer maxAttempts,
		@Nullable Set<FailureKind> on, @NestedConfigurationProperty @DefaultValue RetryBackoffProperties backoff) {

	/**
	 * The settings as the client takes them.
	 * @param otherwise what is not set
	 * @return the settings
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name in the core
	 */
	public RetrySettings over(RetrySettings otherwise) {
		return new RetrySettings(BalancerProperties.or(this.enabled, otherwise.enabled()),
				BalancerProperties.or(this.maxAttempts, otherwise.maxAttempts()),
				BalancerProperties.or(this.on, otherwise.on()), this.backoff.over(otherwise.backoff()));
	}

}
