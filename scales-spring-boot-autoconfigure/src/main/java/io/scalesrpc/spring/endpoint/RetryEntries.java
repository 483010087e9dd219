package io.scalesrpc.spring.endpoint;

import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;

/**
 * The settings of retries that are in effect, by the names of their properties.
 * <em>Stateless</em>.
 */
final class RetryEntries {

	private RetryEntries() {
	}

	static void add(Map<String, String> values, ClientSettings told, RetryBudgetSettings budget) {
		values.put("idempotent", told.options().get(Idempotence.KEY).toString());
		addAttemptTimeout(values, "", told.options());
		add(values, "", told.options().get(RetrySettings.KEY));
		values.put("retry.budget.ratio", String.valueOf(budget.ratio()));
		values.put("retry.budget.min-per-second", String.valueOf(budget.minPerSecond()));
		values.put("retry.budget.ttl", EffectiveSettings.text(budget.ttl()));
		told.methodOptions().forEach((name, options) -> addMethod(values, "methods." + name + ".", options));
	}

	private static void addMethod(Map<String, String> values, String prefix, CallOptions options) {
		if (options.has(Idempotence.KEY)) {
			values.put(prefix + "idempotent", options.get(Idempotence.KEY).toString());
		}
		addAttemptTimeout(values, prefix, options);
		if (options.has(RetrySettings.KEY)) {
			add(values, prefix, options.get(RetrySettings.KEY));
		}
	}

	private static void addAttemptTimeout(Map<String, String> values, String prefix, CallOptions options) {
		if (options.has(AttemptTimeout.KEY)) {
			values.put(prefix + "attempt-timeout", EffectiveSettings.text(options.get(AttemptTimeout.KEY).duration()));
		}
	}

	private static void add(Map<String, String> values, String prefix, RetrySettings retry) {
		values.put(prefix + "retry.enabled", String.valueOf(retry.enabled()));
		if (retry.enabled()) {
			values.put(prefix + "retry.max-attempts", String.valueOf(retry.maxAttempts()));
			values.put(prefix + "retry.on",
					retry.on()
						.stream()
						.sorted()
						.map((kind) -> kind.name().toLowerCase(Locale.ROOT))
						.collect(Collectors.joining(",")));
			values.put(prefix + "retry.backoff.initial", EffectiveSettings.text(retry.backoff().initial()));
			values.put(prefix + "retry.backoff.multiplier", String.valueOf(retry.backoff().multiplier()));
			values.put(prefix + "retry.backoff.max", EffectiveSettings.text(retry.backoff().max()));
		}
	}

}
