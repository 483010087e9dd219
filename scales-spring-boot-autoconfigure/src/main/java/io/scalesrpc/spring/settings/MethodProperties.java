package io.scalesrpc.spring.settings;

import java.time.Duration;

import io.scalesrpc.spring.settings.stage.CacheProperties;
import io.scalesrpc.spring.settings.stage.ChaosProperties;
import io.scalesrpc.spring.settings.stage.CircuitBreakerProperties;
import io.scalesrpc.spring.settings.stage.HedgingProperties;
import io.scalesrpc.spring.settings.stage.MethodRetryProperties;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;

/**
 * Settings of one method of a client; what it does not say is as the client's.
 * <em>Immutable</em>.
 *
 * @param timeout Longest time a call of this method may take in all; above 0, at most 1
 * day.
 * @param attemptTimeout Longest time that one attempt of a call may take; above 0, at
 * most 1 day.
 * @param idempotent Whether this method may be called twice with the effect of once.
 * @param retry When a call that failed is sent again, and how often.
 * @param hedging When a second attempt is sent beside one that takes long.
 * @param circuitBreaker When calls of this method are refused for a time, because too
 * many failed.
 * @param cache Which results are kept, and for how long.
 * @param topic Topic that this method sends to, with protocol kafka; before that of its
 * annotation.
 * @param chaos What is done to calls on purpose, for tests and game days.
 */
public record MethodProperties(@Nullable Duration timeout, @Nullable Duration attemptTimeout,
		@Nullable Boolean idempotent, @NestedConfigurationProperty @Nullable MethodRetryProperties retry,
		@NestedConfigurationProperty @Nullable HedgingProperties hedging,
		@NestedConfigurationProperty @Nullable CircuitBreakerProperties circuitBreaker,
		@NestedConfigurationProperty @Nullable CacheProperties cache, @Nullable String topic,
		@NestedConfigurationProperty @Nullable ChaosProperties chaos) {

	@Override
	public MethodRetryProperties retry() {
		return Unwritten.or(this.retry, MethodRetryProperties.class);
	}

	@Override
	public HedgingProperties hedging() {
		return Unwritten.or(this.hedging, HedgingProperties.class);
	}

	@Override
	public CircuitBreakerProperties circuitBreaker() {
		return Unwritten.or(this.circuitBreaker, CircuitBreakerProperties.class);
	}

	@Override
	public CacheProperties cache() {
		return Unwritten.or(this.cache, CacheProperties.class);
	}

	@Override
	public ChaosProperties chaos() {
		return Unwritten.or(this.chaos, ChaosProperties.class);
	}

}
