package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.call.Idempotence;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.retry.AttemptTimeout;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.MethodProperties;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;

/**
 * Makes settings of retries of properties: those of a client, and of each method what it
 * says otherwise. A setting that is given beside {@code enabled: false} is refused, but
 * for the budget, which hedging uses too. <em>Immutable</em>.
 *
 * @param problems says what is wrong
 */
record RetryAssembler(ClientProblems problems) {

	private static final String MAX = "backoff.max";

	/** By the names in the core, with which its texts begin. */
	private static final Map<String, String> PROPERTIES = Map.of("maxAttempts", "max-attempts", "on", "on", "initial",
			"backoff.initial", "multiplier", "backoff.multiplier", "max", MAX, "ratio", "budget.ratio", "minPerSecond",
			"budget.min-per-second", "ttl", "budget.ttl");

	private static final List<String> OF_RETRIES = List.of("max-attempts", "on", "backoff.initial",
			"backoff.multiplier", MAX);

	void apply(String client, ClientProperties settings, ClientBuilder<?> builder) {
		RetrySettings retry = checked(client, "", settings.retry()::toSettings);
		builder.callOption(RetrySettings.KEY, retry)
			.retryBudget(checked(client, "", settings.retry().budget()::toSettings));
		if (Boolean.TRUE.equals(settings.idempotent())) {
			builder.callOption(Idempotence.KEY, true);
		}
		AttemptTimeout limit = attemptTimeout(client, "", settings.attemptTimeout());
		if (limit != null) {
			builder.callOption(AttemptTimeout.KEY, limit);
		}
		refuseBesideOff(client, "", retry);
		settings.methods().forEach((name, method) -> apply(client, name, method, retry, builder));
	}

	private void apply(String client, String name, MethodProperties method, RetrySettings ofClient,
			ClientBuilder<?> builder) {
		String prefix = "methods." + name + ".";
		RetrySettings retry = checked(client, prefix, () -> method.retry().over(ofClient));
		if (!retry.equals(ofClient)) {
			builder.methodOption(name, RetrySettings.KEY, retry);
		}
		if (method.idempotent() != null) {
			builder.methodOption(name, Idempotence.KEY, method.idempotent());
		}
		AttemptTimeout limit = attemptTimeout(client, prefix, method.attemptTimeout());
		if (limit != null) {
			builder.methodOption(name, AttemptTimeout.KEY, limit);
		}
		refuseBesideOff(client, prefix, retry);
	}

	private @Nullable AttemptTimeout attemptTimeout(String client, String prefix, @Nullable Duration duration) {
		try {
			return (duration != null) ? new AttemptTimeout(duration) : null;
		}
		catch (IllegalArgumentException ex) {
			throw this.problems.badValue(client, prefix + "attempt-timeout", ex);
		}
	}

	private <S> S checked(String client, String prefix, Supplier<S> settings) {
		try {
			return settings.get();
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			String name = PROPERTIES.getOrDefault(text.substring(0, Math.max(0, text.indexOf(':'))), "enabled");
			throw this.problems.badValue(client, prefix + "retry." + written(client, prefix, name), ex);
		}
	}

	/** The largest bound may be too small for the first, which somebody wrote. */
	private String written(String client, String prefix, String name) {
		boolean isPartners = name.equals(MAX) && this.problems.locator().find(client, prefix + "retry." + name) == null;
		return isPartners ? "backoff.initial" : name;
	}

	private void refuseBesideOff(String client, String prefix, RetrySettings retry) {
		if (!retry.enabled()) {
			OF_RETRIES.forEach((name) -> refuseOwn(client, prefix + "retry.", name));
		}
	}

	private void refuseOwn(String client, String prefix, String name) {
		ConfiguredSetting own = this.problems.locator().findOwn(client, prefix + name);
		if (own != null) {
			throw new ScalesConfigurationException(client, own,
					prefix + name + ": " + own.value() + " (expected: none beside retry.enabled: false)",
					"Remove '" + own.property() + "', or set '" + SettingLocator.property(client, prefix + "enabled")
							+ "' to true.",
					null);
		}
	}

}
