package io.scalesrpc.spring.endpoint;

import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import org.jspecify.annotations.Nullable;

/**
 * A circuit breaker as the endpoint shows it. <em>Immutable</em>.
 *
 * @param scope the method whose breaker it is, or {@code *} for that of all methods
 * without one of their own
 * @param state what it does with calls: closed, open, half-open, forced-open or disabled
 * @param ageMillis how long it has been in that state, in milliseconds
 * @param failuresInARow failures since the last answer
 * @param failureRate the share of failed calls in the window; absent if none was counted
 * @param slowCallRate the share of slow calls in the window; absent if none was counted
 * @param problem why it refuses calls; absent if it does not
 */
public record CircuitBreakerDescriptor(String scope, String state, long ageMillis, int failuresInARow,
		@Nullable Double failureRate, @Nullable Double slowCallRate, @Nullable String problem) {

	static CircuitBreakerDescriptor of(CircuitBreakerView view) {
		return new CircuitBreakerDescriptor(view.scope(), view.state().toString(), view.age().toMillis(),
				view.failuresInARow(), view.failureRate(), view.slowCallRate(),
				view.problem().isEmpty() ? null : view.problem());
	}

}
