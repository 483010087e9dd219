package io.scalesrpc.spring.client.settings;

import java.util.Set;

import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;

/**
 * Which properties may change while clients live. <em>Stateless</em>.
 */
public final class HotSettings {

	private static final ConfigurationPropertyName CLIENTS = ConfigurationPropertyName.of("scales.clients");

	private static final ConfigurationPropertyName DEFAULTS = ConfigurationPropertyName.of("scales.defaults");

	/** Settings of a client, or sections of them, without dashes. */
	private static final Set<String> OF_CLIENT = Set.of("timeout", "attempttimeout", "idempotent", "retry", "hedging",
			"circuitbreaker", "memberbreaker", "throttling", "concurrencylimit", "chaos", "balancer.slowstart",
			"balancer.decay", "balancer.hashbound", "balancer.aperture", "balancer.zone.maxload");

	private static final Set<String> OF_METHOD = Set.of("timeout", "attempttimeout", "idempotent", "retry", "hedging",
			"circuitbreaker", "chaos");

	/** Their names, for people. */
	static final String TEXT = "timeout, attempt-timeout, idempotent, retry.*, hedging.*, circuit-breaker.*,"
			+ " member-breaker.*, throttling.*, concurrency-limit.*, chaos.*, balancer.slow-start, balancer.decay,"
			+ " balancer.hash-bound, balancer.aperture.*, balancer.zone.max-load; of methods.<method>.* those that a method has";

	private HotSettings() {
	}

	public static boolean isHot(ConfigurationPropertyName property) {
		if (CLIENTS.isAncestorOf(property) && property.getNumberOfElements() > 3) {
			return isHot(property, 3);
		}
		return DEFAULTS.isAncestorOf(property) && isHot(property, 2);
	}

	/**
	 * Whether a setting of a client is one of them.
	 * @param setting its name below the client, such as {@code retry.max-attempts}
	 */
	public static boolean isHot(String setting) {
		return isHot(ConfigurationPropertyName.adapt(setting, '.'), 0);
	}

	private static boolean isHot(ConfigurationPropertyName name, int from) {
		String first = element(name, from);
		if (first.equals("methods")) {
			return OF_METHOD.contains(element(name, from + 2));
		}
		String second = first + "." + element(name, from + 1);
		return OF_CLIENT.contains(first) || OF_CLIENT.contains(second)
				|| OF_CLIENT.contains(second + "." + element(name, from + 2));
	}

	private static String element(ConfigurationPropertyName name, int index) {
		return (index < name.getNumberOfElements()) ? name.getElement(index, Form.UNIFORM) : "";
	}

}
