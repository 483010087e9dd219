package io.scalesrpc.spring.client.settings;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.scalesrpc.protocol.Protocol;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.settings.ClientProperties;
import org.jspecify.annotations.Nullable;

/**
 * The settings that have no effect with the protocol of a client. What the client says
 * itself is refused; defaults may say anything, since they are for clients of all
 * protocols. <em>Immutable</em>.
 *
 * @param protocol the protocol's name
 * @param reasons why a setting has no effect, by its name
 * @param keyless why no key decides which member a call goes to; {@code null} if one may
 * @param locator finds where settings were written
 */
public record InapplicableSettings(String protocol, Map<String, String> reasons, @Nullable String keyless,
		SettingLocator locator) {

	/** Protocols whose own settings stand below a client by their name. */
	private static final Map<String, List<String>> SECTIONS = new TreeMap<>(
			Map.of("kafka", List.of("kafka"), "redis", List.of("redis"), "http", List.of("http", "thrift-http"),
					"thrift", List.of("thrift", "thrift-http"), "thriftmux", List.of("thriftmux")));

	public static InapplicableSettings of(@Nullable Protocol protocol, String name, SettingLocator locator) {
		return (protocol != null)
				? new InapplicableSettings(name, protocol.inapplicable(),
						protocol.unheeded(Map.of()).get(Protocol.ROUTING_KEY), locator)
				: new InapplicableSettings(name, Map.of(), null, locator);
	}

	/** Refuses the settings of other protocols. */
	public void refuseOthers(String client, Mistakes mistakes) {
		SECTIONS.forEach((section, protocols) -> {
			if (!protocols.contains(this.protocol)) {
				this.locator.ownBelow(client, section)
					.forEach((own) -> mistakes
						.add(refused(client, own, "it is a setting of protocol " + String.join(" and ", protocols))));
			}
		});
	}

	/** Refuses the settings that have no effect. */
	public void refuse(String client, ClientProperties settings, Mistakes mistakes) {
		this.reasons.forEach((setting, reason) -> names(setting, settings.methods().keySet())
			.forEach((name) -> this.locator.ownBelow(client, name)
				.forEach((own) -> mistakes.add(refused(client, own, reason)))));
	}

	private static List<String> names(String setting, Set<String> methods) {
		List<String> names = new ArrayList<>(List.of(setting));
		methods.forEach((method) -> names.add("methods." + method + "." + setting));
		return names;
	}

	private ScalesConfigurationException refused(String client, ConfiguredSetting own, String reason) {
		String name = SettingLocator.below(own, "");
		return new ScalesConfigurationException(client, own,
				name + ": " + own.shown() + " (expected: none with protocol " + this.protocol + ": " + reason + ")",
				"Remove '" + own.property() + "'.", null);
	}

}
