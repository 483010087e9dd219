package io.scalesrpc.spring.client;

import java.util.List;

import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.spring.ChaosProperties;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.ScalesProperties;
import org.jspecify.annotations.Nullable;

/**
 * Makes settings of injected faults of properties, and refuses them all unless the
 * application allows them. <em>Immutable</em>.
 *
 * @param problems says what is wrong
 */
record ChaosAssembler(ClientProblems problems) {

	private static final String ALLOWED = "scales.chaos-allowed";

	private static final String PREFIX = "chaos.";

	private static final List<String> SETTINGS = List.of("latency.delay", "latency.jitter", "latency.percent",
			"failure.kind", "failure.percent", "nack.percent");

	/** Looks at every client there is, used or not. */
	void requireAllowed(ScalesProperties properties) {
		if (properties.chaosAllowed()) {
			return;
		}
		if (properties.defaults().chaos().isWritten()) {
			throw refused(anyOf(properties), this.problems.locator()::findDefault, "");
		}
		properties.clients().forEach((client, settings) -> {
			if (settings.chaos().isWritten()) {
				throw refused(client, (name) -> this.problems.locator().findOwn(client, name), "");
			}
			settings.methods().forEach((method, own) -> {
				if (own.chaos().isWritten()) {
					throw refused(client, (name) -> this.problems.locator().findOwn(client, name),
							"methods." + method + ".");
				}
			});
		});
	}

	void apply(String client, ClientProperties properties, ClientBuilder<?> builder) {
		ChaosProperties ofAll = properties.chaos();
		if (ofAll.isWritten()) {
			builder.chaos(settings(client, "", ofAll));
		}
		properties.methods().forEach((method, own) -> {
			if (own.chaos().isWritten()) {
				builder.methodOption(method, ChaosSettings.KEY,
						settings(client, "methods." + method + ".", own.chaos().over(ofAll)));
			}
		});
	}

	private ChaosSettings settings(String client, String prefix, ChaosProperties properties) {
		try {
			return properties.toSettings();
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			String name = PREFIX + text.substring(0, Math.max(0, text.indexOf(':')));
			boolean isMethods = this.problems.locator().findOwn(client, prefix + name) != null;
			throw this.problems.badValue(client, (isMethods) ? prefix + name : name, ex);
		}
	}

	private static ScalesConfigurationException refused(String client, Finder finder, String prefix) {
		ConfiguredSetting written = null;
		for (int i = 0; i < SETTINGS.size() && written == null; i++) {
			written = finder.find(prefix + PREFIX + SETTINGS.get(i));
		}
		String property = (written != null) ? written.property() : prefix + PREFIX + "*";
		String value = (written != null) ? written.value() : "set";
		return new ScalesConfigurationException(client, written,
				property + ": " + value + " (expected: none without " + ALLOWED + ": true)",
				"Remove '" + property + "', or set '" + ALLOWED + "' to true where calls may fail on purpose.", null);
	}

	/** The defaults are those of every client. */
	private static String anyOf(ScalesProperties properties) {
		return properties.clients().keySet().stream().sorted().findFirst().orElse("defaults");
	}

	/** Finds where a setting was written. <em>Immutable</em>. */
	@FunctionalInterface
	private interface Finder {

		@Nullable ConfiguredSetting find(String setting);

	}

}
