package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.admission.ThrottlingSettings;
import org.jspecify.annotations.Nullable;

/**
 * When calls are withheld from servers that refuse most of them. <em>Immutable</em>.
 *
 * @param enabled Whether calls are withheld from servers that refuse most of them.
 * @param threshold Share of refusals among the answers up to which no call is withheld;
 * above 0 and below 1.
 * @param window Time over which that share is taken; 1 second to 1 day.
 */
public record ThrottlingProperties(@Nullable Boolean enabled, @Nullable Double threshold, @Nullable Duration window) {

	static final ThrottlingProperties NONE = new ThrottlingProperties(null, null, null);

	ThrottlingProperties over(ThrottlingProperties defaults) {
		return new ThrottlingProperties(ClientProperties.first(this.enabled, defaults.enabled),
				ClientProperties.first(this.threshold, defaults.threshold),
				ClientProperties.first(this.window, defaults.window));
	}

	/**
	 * The settings as the stage takes them.
	 * @return the settings, those not set being the stage's own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name
	 */
	public ThrottlingSettings toSettings() {
		ThrottlingSettings own = ThrottlingSettings.DEFAULT;
		return new ThrottlingSettings(BalancerProperties.or(this.enabled, own.enabled()),
				BalancerProperties.or(this.threshold, own.threshold()),
				BalancerProperties.or(this.window, own.window()));
	}

}
