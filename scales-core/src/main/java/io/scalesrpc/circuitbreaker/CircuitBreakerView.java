package io.scalesrpc.circuitbreaker;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker at one moment: what an operator wants to see. <em>Immutable</em>.
 *
 * @param scope the method whose breaker it is, or {@link CircuitBreakers#ALL} for that of
 * all methods without one of their own
 * @param state what it does with calls; half-open as soon as the reset timeout is over
 * @param age how long it has been in that state
 * @param failuresInARow failures since the last answer, while it is closed; else 0
 * @param failureRate the share of failed calls in the window; {@code null} if it is not
 * closed, nobody asked for a failure rate, or there was no call
 * @param slowCallRate the share of slow calls in the window; {@code null} likewise
 * @param problem why it refuses calls; empty if it does not
 */
public record CircuitBreakerView(String scope, CircuitState state, Duration age, int failuresInARow,
		@Nullable Double failureRate, @Nullable Double slowCallRate, String problem) {
}
