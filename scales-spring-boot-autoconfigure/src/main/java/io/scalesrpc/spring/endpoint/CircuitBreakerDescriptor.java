package io.scalesrpc.spring.endpoint;

import java.util.Map;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import io.scalesrpc.circuitbreaker.FailureRate;
import io.scalesrpc.circuitbreaker.SlowCalls;
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

	/** Adds the settings of a breaker that are in effect. */
	static void addSettings(Map<String, String> values, String prefix, CallOptions options) {
		if (!options.has(CircuitBreakerSettings.KEY)) {
			return;
		}
		CircuitBreakerSettings settings = options.get(CircuitBreakerSettings.KEY);
		values.put(prefix + "enabled", String.valueOf(settings.enabled()));
		if (settings.enabled()) {
			values.put(prefix + "fail-max", String.valueOf(settings.failMax()));
			values.put(prefix + "reset-timeout", EffectiveSettings.text(settings.resetTimeout()));
			values.put(prefix + "half-open-calls", String.valueOf(settings.halfOpenCalls()));
			addRates(values, prefix, settings.failureRate(), settings.slowCalls());
		}
	}

	private static void addRates(Map<String, String> values, String prefix, FailureRate failed, SlowCalls slow) {
		if (failed.threshold() != null) {
			values.put(prefix + "failure-rate.threshold", failed.threshold().toString());
		}
		if (slow.duration() != null) {
			values.put(prefix + "slow-call.duration", EffectiveSettings.text(slow.duration()));
			values.put(prefix + "slow-call.rate", String.valueOf(slow.rate()));
		}
		if (failed.threshold() != null || slow.duration() != null) {
			values.put(prefix + "failure-rate.window", EffectiveSettings.text(failed.window()));
			values.put(prefix + "failure-rate.min-calls", String.valueOf(failed.minCalls()));
		}
	}

}
