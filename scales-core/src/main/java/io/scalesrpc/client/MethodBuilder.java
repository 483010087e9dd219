package io.scalesrpc.client;

import java.time.Duration;

import io.scalesrpc.cache.CacheSettings;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.retry.RetrySettings;

/**
 * The settings of one method of a client that is to be; what is not set is as the
 * client's. {@link ClientBuilder#build()} refuses what does not fit the method.
 * <em>Confined to the thread that builds.</em>
 */
public final class MethodBuilder {

	private final String method;

	private final ClientBuilder<?> client;

	MethodBuilder(String method, ClientBuilder<?> client) {
		this.method = method;
		this.client = client;
	}

	/**
	 * Bounds a call in all: opening, queueing, every attempt.
	 * @param timeout above 0, at most 1 day
	 * @return this
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public MethodBuilder timeout(Duration timeout) {
		this.client.methodTimeout(this.method, timeout);
		return this;
	}

	/**
	 * Bounds one attempt of a call.
	 * @param timeout above 0, at most the timeout of the call
	 * @return this
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public MethodBuilder attemptTimeout(Duration timeout) {
		return option(AttemptTimeout.KEY, new AttemptTimeout(timeout));
	}

	/**
	 * Says that the method may be called twice with the effect of once.
	 * @return this
	 */
	public MethodBuilder idempotent() {
		return idempotent(true);
	}

	/**
	 * Says whether the method may be called twice with the effect of once.
	 * @param idempotent {@code false} where all others of the client may
	 * @return this
	 */
	public MethodBuilder idempotent(boolean idempotent) {
		return option(Idempotence.KEY, idempotent);
	}

	/**
	 * Says when a call that failed is sent again.
	 * @param settings {@link RetrySettings#OFF} for never
	 * @return this
	 */
	public MethodBuilder retry(RetrySettings settings) {
		return option(RetrySettings.KEY, settings);
	}

	/**
	 * Says when a second attempt is sent beside one that takes long. The method must be
	 * idempotent.
	 * @param settings {@link HedgingSettings#OFF} for never
	 * @return this
	 */
	public MethodBuilder hedging(HedgingSettings settings) {
		return option(HedgingSettings.KEY, settings);
	}

	/**
	 * Gives the method a circuit breaker of its own.
	 * @param settings {@link CircuitBreakerSettings#OFF} for none, not that of the client
	 * either
	 * @return this
	 */
	public MethodBuilder circuitBreaker(CircuitBreakerSettings settings) {
		return option(CircuitBreakerSettings.KEY, settings);
	}

	/**
	 * Keeps results of the method.
	 * @param settings where, and for how long
	 * @return this
	 */
	public MethodBuilder cache(CacheSettings settings) {
		return option(CacheSettings.KEY, settings);
	}

	/**
	 * Injects faults on purpose, for tests and game days.
	 * @param settings what is done
	 * @return this
	 */
	public MethodBuilder chaos(ChaosSettings settings) {
		return option(ChaosSettings.KEY, settings);
	}

	/**
	 * Sets what a stage of the application's own reads from the calls of the method.
	 * @param key names the option
	 * @param value its value
	 * @param <V> the type of its values
	 * @return this
	 */
	public <V> MethodBuilder option(CallOptions.Key<V> key, V value) {
		this.client.methodOption(this.method, key, value);
		return this;
	}

}
