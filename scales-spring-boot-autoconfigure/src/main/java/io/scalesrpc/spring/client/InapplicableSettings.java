package io.scalesrpc.spring.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.spring.ClientProperties;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import org.jspecify.annotations.Nullable;

/**
 * The settings that have no effect with the protocol of a client. What the client says
 * itself is refused; defaults may say anything, since they are for clients of all
 * protocols. <em>Immutable</em>.
 *
 * @param protocol the protocol's name
 * @param reasons why a setting has no effect, by its name
 * @param locator finds where settings were written
 */
record InapplicableSettings(String protocol, Map<String, String> reasons, SettingLocator locator) {

	/** Protocols whose own settings stand below a client by their name. */
	private static final List<String> SECTIONS = List.of("kafka", "redis");

	static InapplicableSettings of(@Nullable Protocol protocol, String name, SettingLocator locator) {
		return new InapplicableSettings(name, (protocol != null) ? protocol.inapplicable() : Map.of(), locator);
	}

	/** Applies settings, unless they have no effect. */
	void unless(String setting, Runnable applied) {
		if (!this.reasons.containsKey(setting)) {
			applied.run();
		}
	}

	void requireNone(String client, ClientProperties settings) {
		for (String section : SECTIONS) {
			ConfiguredSetting own = this.locator.findOwnBelow(client, section);
			if (own != null && !section.equals(this.protocol)) {
				throw refused(client, own, "it is a setting of protocol " + section);
			}
		}
		this.reasons.forEach((setting, reason) -> names(setting, settings.methods().keySet()).forEach((name) -> {
			ConfiguredSetting own = this.locator.findOwnBelow(client, name);
			if (own != null) {
				throw refused(client, own, reason);
			}
		}));
	}

	private static List<String> names(String setting, Set<String> methods) {
		List<String> names = new ArrayList<>(List.of(setting));
		methods.forEach((method) -> names.add("methods." + method + "." + setting));
		return names;
	}

	private ScalesConfigurationException refused(String client, ConfiguredSetting own, String reason) {
		String name = own.property().substring(SettingLocator.property(client, "").length());
		return new ScalesConfigurationException(client, own,
				name + ": " + own.value() + " (expected: none with protocol " + this.protocol + ": " + reason + ")",
				"Remove '" + own.property() + "'.", null);
	}

}
