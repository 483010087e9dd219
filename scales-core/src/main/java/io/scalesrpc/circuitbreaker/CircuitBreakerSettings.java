package io.scalesrpc.circuitbreaker;

import java.time.Duration;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Checks;

/**
 * When a circuit breaker refuses calls, and for how long. Set for all methods of a
 * client, it is one breaker for all; set for a method, that method has its own.
 * <em>Immutable</em>.
 *
 * @param enabled whether there is a breaker at all
 * @param failMax after how many failures in a row it opens, 1 or more
 * @param resetTimeout how long it then refuses calls, above 0 and at most 1 day
 * @param halfOpenCalls how many calls are let through afterwards, and must all be
 * answered for it to close; 1 or more
 * @param failureRate from which share of failed calls on it opens, too
 * @param slowCalls from which share of slow calls on it opens, too
 */
public record CircuitBreakerSettings(boolean enabled, int failMax, Duration resetTimeout, int halfOpenCalls,
		FailureRate failureRate, SlowCalls slowCalls) {

	/** Opens after 5 failures in a row for 30 seconds; one call is the probe. */
	public static final CircuitBreakerSettings DEFAULT = new CircuitBreakerSettings(true, 5, Duration.ofSeconds(30), 1,
			FailureRate.NONE, SlowCalls.NONE);

	/** No circuit breaker. */
	public static final CircuitBreakerSettings OFF = DEFAULT.withEnabled(false);

	/** What the settings say about the calls of a client or of a method. */
	public static final CallOptions.Key<CircuitBreakerSettings> KEY = new CallOptions.Key<>("circuit-breaker", OFF);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public CircuitBreakerSettings {
		Checks.require(failMax >= 1, "failMax", failMax, ">= 1");
		Checks.positive("resetTimeout", resetTimeout);
		Checks.require(halfOpenCalls >= 1, "halfOpenCalls", halfOpenCalls, ">= 1");
	}

	/**
	 * The same, switched on or off.
	 * @param newEnabled whether there is a breaker at all
	 * @return the settings
	 */
	public CircuitBreakerSettings withEnabled(boolean newEnabled) {
		return new CircuitBreakerSettings(newEnabled, this.failMax, this.resetTimeout, this.halfOpenCalls,
				this.failureRate, this.slowCalls);
	}

	/**
	 * The same with another number of failures.
	 * @param newFailMax after how many failures in a row it opens, 1 or more
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public CircuitBreakerSettings withFailMax(int newFailMax) {
		return new CircuitBreakerSettings(this.enabled, newFailMax, this.resetTimeout, this.halfOpenCalls,
				this.failureRate, this.slowCalls);
	}

	/**
	 * The same with another period.
	 * @param newResetTimeout how long calls are refused, above 0 and at most 1 day
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public CircuitBreakerSettings withResetTimeout(Duration newResetTimeout) {
		return new CircuitBreakerSettings(this.enabled, this.failMax, newResetTimeout, this.halfOpenCalls,
				this.failureRate, this.slowCalls);
	}

	/**
	 * The same with another number of probes.
	 * @param newHalfOpenCalls how many calls must be answered for it to close, 1 or more
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public CircuitBreakerSettings withHalfOpenCalls(int newHalfOpenCalls) {
		return new CircuitBreakerSettings(this.enabled, this.failMax, this.resetTimeout, newHalfOpenCalls,
				this.failureRate, this.slowCalls);
	}

	/**
	 * The same with another share of failed calls.
	 * @param newFailureRate from which share on it opens
	 * @return the settings
	 */
	public CircuitBreakerSettings withFailureRate(FailureRate newFailureRate) {
		return new CircuitBreakerSettings(this.enabled, this.failMax, this.resetTimeout, this.halfOpenCalls,
				newFailureRate, this.slowCalls);
	}

	/**
	 * The same with another share of slow calls.
	 * @param newSlowCalls from which share on it opens
	 * @return the settings
	 */
	public CircuitBreakerSettings withSlowCalls(SlowCalls newSlowCalls) {
		return new CircuitBreakerSettings(this.enabled, this.failMax, this.resetTimeout, this.halfOpenCalls,
				this.failureRate, newSlowCalls);
	}

}
