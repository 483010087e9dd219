package io.scalesrpc.spring.client.settings;

import java.util.Locale;
import java.util.stream.Collectors;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;
import io.scalesrpc.spring.settings.stage.BalancerOption;
import io.scalesrpc.spring.settings.stage.BalancerProperties;
import io.scalesrpc.spring.settings.stage.CoordinateProperties;

/**
 * Refuses options that a client gives beside a type of balancer which does not use them,
 * and coordinates that are given in two ways, or by half. The defaults of all clients may
 * hold any. <em>Immutable</em>.
 *
 * @param locator finds where a setting was written
 * @param client the client's name
 */
record BalancerCheck(SettingLocator locator, String client) {

	void check(BalancerProperties properties) {
		for (BalancerOption option : BalancerOption.values()) {
			ConfiguredSetting own = this.locator.findOwn(this.client, option.property());
			if (own != null && !option.isUsedBy(properties.type())) {
				throw unused(option, own, properties.type());
			}
		}
		if (BalancerOption.PEERS.isUsedBy(properties.type())) {
			check(properties.coordinate());
		}
	}

	private ScalesConfigurationException unused(BalancerOption option, ConfiguredSetting own, BalancerType type) {
		String users = option.users().stream().map(BalancerCheck::text).sorted().collect(Collectors.joining(", "));
		return problem(option, own, "none beside the balancer type " + text(type) + ", which does not use it",
				"Remove '" + own.property() + "', or set '" + SettingLocator.property(this.client, "balancer.type")
						+ "' to one of: " + users + ".");
	}

	private static String text(BalancerType type) {
		return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

	private void check(CoordinateProperties coordinate) {
		ConfiguredSetting peers = this.locator.find(this.client, BalancerOption.PEERS.property());
		if (coordinate.peers() != null && peers != null) {
			refuseNumber(coordinate, peers);
			if (coordinate.self() == null) {
				throw problem(BalancerOption.PEERS, peers, "none without " + BalancerOption.SELF.property(),
						"Set '" + property(BalancerOption.SELF)
								+ "' to the host:port under which this process is registered there, or remove '"
								+ peers.property() + "'.");
			}
		}
		ConfiguredSetting self = this.locator.findOwn(this.client, BalancerOption.SELF.property());
		if (coordinate.peers() == null && self != null) {
			throw problem(BalancerOption.SELF, self, "none without " + BalancerOption.PEERS.property(),
					"Set '" + property(BalancerOption.PEERS)
							+ "' to the URI under which the clients are registered, or remove '" + self.property()
							+ "'.");
		}
	}

	private void refuseNumber(CoordinateProperties coordinate, ConfiguredSetting peers) {
		BalancerOption number = (coordinate.instance() != null) ? BalancerOption.INSTANCE : BalancerOption.TOTAL;
		ConfiguredSetting written = this.locator.find(this.client, number.property());
		if (coordinate.isNumbered() && written != null) {
			throw problem(number, written, "none beside " + BalancerOption.PEERS.property(),
					"Remove '" + written.property() + "' or '" + peers.property() + "'.");
		}
	}

	private ScalesConfigurationException problem(BalancerOption option, ConfiguredSetting written, String expected,
			String remedy) {
		return ScalesConfigurationException.unheeded(this.client, written,
				option.property() + ": " + written.shown() + " (expected: " + expected + ")", remedy);
	}

	private String property(BalancerOption option) {
		return SettingLocator.property(this.client, option.property());
	}

}
