package io.scalesrpc.spring.client;

import java.util.Map;

import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.MemberBreakerProperties;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;

/**
 * Makes settings of member breakers of properties. A setting that a client gives beside
 * {@code enabled: false} is refused. <em>Immutable</em>.
 *
 * @param problems says what is wrong
 */
record MemberBreakerAssembler(ClientProblems problems) {

	private static final String PREFIX = "member-breaker.";

	/** By the names in the core, with which its texts begin. */
	private static final Map<String, String> PROPERTIES = Map.of("consecutiveFailures", "consecutive-failures", "min",
			"success-rate.min", "window", "success-rate.window", "minCalls", "success-rate.min-calls", "backoffMin",
			"backoff-min", "backoffMax", "backoff-max");

	MemberBreakerSettings assemble(String client, MemberBreakerProperties properties) {
		try {
			MemberBreakerSettings settings = properties.toSettings();
			if (!settings.enabled()) {
				PROPERTIES.values().stream().sorted().forEach((name) -> refuseOwn(client, PREFIX + name));
			}
			return settings;
		}
		catch (IllegalArgumentException ex) {
			String text = String.valueOf(ex.getMessage());
			throw this.problems.badValue(client, written(client, text.substring(0, Math.max(0, text.indexOf(':')))),
					ex);
		}
	}

	/** The longest time out may be too short for the least, which somebody wrote. */
	private String written(String client, String name) {
		String property = PREFIX + PROPERTIES.getOrDefault(name, "enabled");
		boolean isPartners = name.equals("backoffMax") && this.problems.locator().find(client, property) == null;
		return isPartners ? PREFIX + "backoff-min" : property;
	}

	private void refuseOwn(String client, String setting) {
		ConfiguredSetting own = this.problems.locator().findOwn(client, setting);
		if (own != null) {
			throw new ScalesConfigurationException(client, own,
					setting + ": " + own.value() + " (expected: none beside member-breaker.enabled: false)",
					"Remove '" + own.property() + "', or set '"
							+ SettingLocator.property(client, "member-breaker.enabled") + "' to true.",
					null);
		}
	}

}
