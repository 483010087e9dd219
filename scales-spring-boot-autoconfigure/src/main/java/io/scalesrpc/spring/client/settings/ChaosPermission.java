package io.scalesrpc.spring.client.settings;

import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.settings.ScalesProperties;
import org.jspecify.annotations.Nullable;

/**
 * Refuses faults on purpose unless the application allows them. <em>Immutable</em>.
 *
 * @param locator finds where settings were written
 */
public record ChaosPermission(SettingLocator locator) {

	private static final String ALLOWED = "scales.chaos-allowed";

	private static final String CHAOS = "chaos";

	/** Looks at every client there is, used or not. */
	public void requireAllowed(ScalesProperties properties) {
		if (properties.chaosAllowed()) {
			return;
		}
		this.locator.defaultsBelow(CHAOS)
			.stream()
			.findFirst()
			.ifPresent((written) -> refuse(anyOf(properties), written));
		properties.clients().forEach((client, settings) -> {
			refuse(client, this.locator.findOwnBelow(client, CHAOS));
			settings.methods()
				.keySet()
				.forEach((method) -> refuse(client,
						this.locator.findOwnBelow(client, "methods." + method + "." + CHAOS)));
		});
	}

	private static void refuse(String client, @Nullable ConfiguredSetting written) {
		if (written != null) {
			throw new ScalesConfigurationException(client, written,
					written.property() + ": " + written.value() + " (expected: none without " + ALLOWED + ": true)",
					"Remove '" + written.property() + "', or set '" + ALLOWED
							+ "' to true where calls may fail on purpose.",
					null);
		}
	}

	/** The defaults are those of every client. */
	private static String anyOf(ScalesProperties properties) {
		return properties.clients().keySet().stream().sorted().findFirst().orElse("defaults");
	}

}
