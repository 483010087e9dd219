package io.scalesrpc.spring.client.settings;

import java.util.List;

import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.spring.ConfiguredSetting;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.SettingLocator;

/**
 * Settings that a client gives, or a method, to a stage that is off, or to a part of it
 * that is. The defaults of all clients may hold any, for those whose stages are on.
 * <em>Immutable</em>.
 *
 * @param client the client's name
 * @param locator finds where settings were written
 * @param mistakes is told of them
 */
record UnheededSettings(String client, SettingLocator locator, Mistakes mistakes) {

	/** Additional attempts of hedging need the budget, too. */
	private static final String BUDGET = "budget.";

	/** A stage that is on unless somebody switches it off. */
	void refuseBeside(String section, boolean isOn) {
		refuse(section, isOn, "beside " + stage(section) + ".enabled: false");
	}

	/** A stage that is off unless somebody switches it on. */
	void refuseWithout(String section, boolean isOn) {
		refuse(section, isOn, "without " + stage(section) + ".enabled: true");
	}

	private void refuse(String section, boolean isOn, String why) {
		if (isOn) {
			return;
		}
		for (ConfiguredSetting own : this.locator.ownBelow(this.client, section)) {
			String part = SettingLocator.below(own, section);
			if (!part.equals("enabled") && !part.startsWith(BUDGET)) {
				add(own, section + "." + part, why, section + ".enabled' to true.");
			}
		}
	}

	/** What none of these circuit breakers heeds. */
	void refuseParts(String section, List<CircuitBreakerSettings> breakers) {
		List<CircuitBreakerSettings> on = breakers.stream().filter(CircuitBreakerSettings::enabled).toList();
		boolean isTimed = on.stream().anyMatch((breaker) -> breaker.slowCalls().duration() != null);
		boolean isShared = on.stream().anyMatch((breaker) -> breaker.failureRate().threshold() != null);
		if (!on.isEmpty() && !isTimed) {
			refusePart(section, "slow-call.rate", "slow-call.duration");
			if (!isShared) {
				refusePart(section, "failure-rate.min-calls", "failure-rate.threshold");
				refusePart(section, "failure-rate.window", "failure-rate.threshold");
			}
		}
	}

	private void refusePart(String section, String part, String partner) {
		refuse(section + "." + part, "without " + stage(section) + "." + partner, section + "." + partner + "'.");
	}

	/**
	 * One setting, if somebody wrote it for this client.
	 * @param name its name
	 * @param why what it is without
	 * @param instead what may be set, with the end of its quotes and of the sentence
	 */
	void refuse(String name, String why, String instead) {
		ConfiguredSetting own = this.locator.findOwn(this.client, name);
		if (own != null) {
			add(own, name, why, instead);
		}
	}

	private void add(ConfiguredSetting own, String name, String why, String instead) {
		this.mistakes.add(ScalesConfigurationException.unheeded(this.client, own,
				name + ": " + own.shown() + " (expected: none " + why + ")",
				"Remove '" + own.property() + "', or set '" + SettingLocator.property(this.client, "") + instead));
	}

	/** Without the method. */
	private static String stage(String section) {
		return section.substring(section.lastIndexOf('.') + 1);
	}

}
