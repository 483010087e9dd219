package io.scalesrpc.spring.client;

import java.util.Map;
import java.util.Objects;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.HedgingProperties;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;

/**
 * Makes settings of hedging of properties: those of a client, and of each method what it
 * says otherwise. A setting that a client or method gives and that has no effect is
 * refused; the defaults of all clients may hold any. <em>Immutable</em>.
 *
 * @param problems says what is wrong
 */
record HedgingAssembler(ClientProblems problems) {

	private static final String PREFIX = "hedging.";

	/** By the names in the core, with which its texts begin. */
	private static final Map<String, String> PROPERTIES = Map.of("maxExtraLoad", "max-extra-load", "minDelay",
			"min-delay", "maxDelay", "max-delay");

	void apply(String client, ClientProperties properties, ClientBuilder<?> builder) {
		HedgingSettings ofAll = settings(client, PREFIX, properties.hedging());
		boolean isAnyOn = ofAll.enabled();
		if (ofAll.enabled() && (isOwn(client, PREFIX + "enabled") || hasIdempotent(properties))) {
			builder.callOption(HedgingSettings.KEY, ofAll);
		}
		for (String method : properties.methods().keySet()) {
			HedgingProperties own = Objects.requireNonNull(properties.methods().get(method)).hedging();
			if (!own.isEmpty()) {
				String prefix = "methods." + method + "." + PREFIX;
				HedgingSettings settings = settings(client, prefix, own.over(properties.hedging()));
				refuseBesideOff(client, prefix, settings.enabled());
				builder.methodOption(method, HedgingSettings.KEY, settings);
				isAnyOn |= settings.enabled();
			}
		}
		// What a client says may be meant for its methods.
		refuseBesideOff(client, PREFIX, isAnyOn);
	}

	/** The defaults of all clients may be meant for others. */
	private static boolean hasIdempotent(ClientProperties properties) {
		return Boolean.TRUE.equals(properties.idempotent())
				|| properties.methods().values().stream().anyMatch((own) -> Boolean.TRUE.equals(own.idempotent()));
	}

	private HedgingSettings settings(String client, String prefix, HedgingProperties properties) {
		try {
			return properties.toSettings();
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			String name = PROPERTIES.getOrDefault(text.substring(0, Math.max(0, text.indexOf(':'))), "enabled");
			throw this.problems.badValue(client, written(client, prefix, name), ex);
		}
	}

	/** The least delay may be too long for the most, which somebody wrote. */
	private String written(String client, String prefix, String name) {
		String where = isOwn(client, prefix + name) ? prefix : PREFIX;
		boolean isPartners = name.equals("min-delay") && this.problems.locator().find(client, where + name) == null;
		if (!isPartners) {
			return where + name;
		}
		return (isOwn(client, prefix + "max-delay") ? prefix : PREFIX) + "max-delay";
	}

	private boolean isOwn(String client, String setting) {
		return this.problems.locator().findOwn(client, setting) != null;
	}

	private void refuseBesideOff(String client, String prefix, boolean isOn) {
		if (!isOn) {
			PROPERTIES.values().stream().sorted().forEach((name) -> refuseOwn(client, prefix, name));
		}
	}

	private void refuseOwn(String client, String prefix, String name) {
		ConfiguredSetting own = this.problems.locator().findOwn(client, prefix + name);
		if (own != null) {
			throw new ScalesConfigurationException(client, own,
					prefix + name + ": " + own.value() + " (expected: none without hedging.enabled: true)",
					"Remove '" + own.property() + "', or set '" + SettingLocator.property(client, prefix + "enabled")
							+ "' to true.",
					null);
		}
	}

}
