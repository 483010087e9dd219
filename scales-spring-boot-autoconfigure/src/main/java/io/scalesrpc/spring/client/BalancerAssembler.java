package io.scalesrpc.spring.client;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.spring.BalancerOption;
import io.scalesrpc.spring.BalancerProperties;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;

/**
 * Makes settings of a balancer of properties. An option that a client gives beside a type
 * which does not use it is refused; the defaults of all clients may hold any.
 * <em>Immutable</em>.
 *
 * @param problems says what is wrong
 */
record BalancerAssembler(ClientProblems problems) {

	BalancerSettings assemble(String client, BalancerProperties properties) {
		for (BalancerOption option : BalancerOption.values()) {
			ConfiguredSetting own = this.problems.locator().findOwn(client, option.property());
			if (own != null && !option.isUsedBy(properties.typeInEffect())) {
				throw unused(client, option, own, properties.typeInEffect());
			}
		}
		if (BalancerOption.PEERS.isUsedBy(properties.typeInEffect())) {
			new CoordinateCheck(this.problems.locator(), client).check(properties.coordinate());
		}
		try {
			return properties.toSettings();
		}
		catch (IllegalArgumentException ex) {
			Optional<BalancerOption> about = BalancerOption.in(String.valueOf(ex.getMessage()));
			throw this.problems.badValue(client, about.map((option) -> written(client, option)).orElse("balancer"), ex);
		}
	}

	/** Of two that do not agree, one that somebody wrote. */
	private String written(String client, BalancerOption option) {
		boolean isWritten = this.problems.locator().find(client, option.property()) != null;
		return (isWritten ? option : option.partner()).property();
	}

	private ScalesConfigurationException unused(String client, BalancerOption option, ConfiguredSetting own,
			BalancerType type) {
		String users = option.users().stream().map(BalancerAssembler::text).sorted().collect(Collectors.joining(", "));
		return new ScalesConfigurationException(client, own,
				option.property() + ": " + own.value() + " (expected: none beside the balancer type " + text(type)
						+ ", which does not use it)",
				"Remove '" + own.property() + "', or set '" + SettingLocator.property(client, "balancer.type")
						+ "' to one of: " + users + ".",
				null);
	}

	private static String text(BalancerType type) {
		return type.name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
