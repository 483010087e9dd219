package io.scalesrpc.spring.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.spring.CircuitBreakerProperties;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;

/**
 * Makes circuit breakers of properties: one for the client, and one for every method that
 * says anything about its own. A setting that a client or method gives and that has no
 * effect is refused; the defaults of all clients may hold any. <em>Immutable</em>.
 *
 * @param problems says what is wrong
 */
record CircuitBreakerAssembler(ClientProblems problems) {

	private static final String PREFIX = "circuit-breaker.";

	/** By the names in the core, with which its texts begin. */
	private static final Map<String, String> PROPERTIES = Map.of("failMax", "fail-max", "resetTimeout", "reset-timeout",
			"halfOpenCalls", "half-open-calls", "threshold", "failure-rate.threshold", "window", "failure-rate.window",
			"minCalls", "failure-rate.min-calls", "duration", "slow-call.duration", "rate", "slow-call.rate");

	private static final List<String> OF_THE_WINDOW = List.of("failure-rate.min-calls", "failure-rate.window");

	void apply(String client, ClientProperties properties, ClientBuilder<?> builder) {
		CircuitBreakerSettings ofAll = settings(client, PREFIX, properties.circuitBreaker());
		builder.callOption(CircuitBreakerSettings.KEY, ofAll);
		List<CircuitBreakerSettings> all = new ArrayList<>(List.of(ofAll));
		properties.methods().forEach((method, own) -> {
			if (!own.circuitBreaker().isEmpty()) {
				String prefix = "methods." + method + "." + PREFIX;
				CircuitBreakerSettings settings = settings(client, prefix,
						own.circuitBreaker().over(properties.circuitBreaker()));
				refuseUnused(client, prefix, List.of(settings));
				builder.methodOption(method, CircuitBreakerSettings.KEY, settings);
				all.add(settings);
			}
		});
		// What a client says may be meant for its methods.
		refuseUnused(client, PREFIX, all);
	}

	private CircuitBreakerSettings settings(String client, String prefix, CircuitBreakerProperties properties) {
		try {
			return properties.toSettings();
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			String name = PROPERTIES.getOrDefault(text.substring(0, Math.max(0, text.indexOf(':'))), "enabled");
			boolean isOwn = this.problems.locator().findOwn(client, prefix + name) != null;
			throw this.problems.badValue(client, (isOwn ? prefix : PREFIX) + name, ex);
		}
	}

	/** Refuses what none of these breakers heeds. */
	private void refuseUnused(String client, String prefix, List<CircuitBreakerSettings> breakers) {
		List<CircuitBreakerSettings> on = breakers.stream().filter(CircuitBreakerSettings::enabled).toList();
		boolean isTimed = on.stream().anyMatch((breaker) -> breaker.slowCalls().duration() != null);
		if (on.isEmpty()) {
			PROPERTIES.values().stream().sorted().forEach((name) -> refuseOwn(client, prefix, name, "enabled: true"));
		}
		else if (!isTimed) {
			refuseOwn(client, prefix, "slow-call.rate", "slow-call.duration");
			if (on.stream().allMatch((breaker) -> breaker.failureRate().threshold() == null)) {
				OF_THE_WINDOW.forEach((name) -> refuseOwn(client, prefix, name, "failure-rate.threshold"));
			}
		}
	}

	private void refuseOwn(String client, String prefix, String name, String partner) {
		ConfiguredSetting own = this.problems.locator().findOwn(client, prefix + name);
		if (own != null) {
			throw new ScalesConfigurationException(client, own,
					prefix + name + ": " + own.value() + " (expected: none without " + PREFIX + partner + ")",
					"Remove '" + own.property() + "', or set '" + SettingLocator.property(client, prefix + partner)
							+ "'.",
					null);
		}
	}

}
