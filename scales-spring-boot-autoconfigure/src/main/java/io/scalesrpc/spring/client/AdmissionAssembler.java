package io.scalesrpc.spring.client;

import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.ThrottlingProperties;

/**
 * Makes settings of throttling and of the concurrency limit of properties. A setting that
 * a client gives beside {@code throttling.enabled: false} is refused. <em>Immutable</em>.
 *
 * @param problems says what is wrong
 */
record AdmissionAssembler(ClientProblems problems) {

	void throttling(String client, ClientProperties properties, ClientBuilder<?> builder) {
		builder.throttling(throttling(client, properties.throttling()));
	}

	void concurrencyLimit(String client, ClientProperties properties, ClientBuilder<?> builder) {
		try {
			builder.concurrencyLimit(properties.concurrencyLimit().toSettings());
		}
		catch (IllegalArgumentException ex) {
			throw this.problems.badValue(client, "concurrency-limit.max", ex);
		}
	}

	private ThrottlingSettings throttling(String client, ThrottlingProperties properties) {
		try {
			ThrottlingSettings settings = properties.toSettings();
			if (!settings.enabled()) {
				refuseOwn(client, "throttling.threshold");
				refuseOwn(client, "throttling.window");
			}
			return settings;
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			throw this.problems.badValue(client, "throttling." + text.substring(0, Math.max(0, text.indexOf(':'))), ex);
		}
	}

	private void refuseOwn(String client, String setting) {
		ConfiguredSetting own = this.problems.locator().findOwn(client, setting);
		if (own != null) {
			throw new ScalesConfigurationException(client, own,
					setting + ": " + own.value() + " (expected: none beside throttling.enabled: false)",
					"Remove '" + own.property() + "', or set '" + SettingLocator.property(client, "throttling.enabled")
							+ "' to true.",
					null);
		}
	}

}
