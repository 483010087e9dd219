package io.scalesrpc.spring;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import org.jspecify.annotations.Nullable;

/**
 * How many calls may be in flight at once. <em>Immutable</em>.
 *
 * @param max Number of calls of the client that may be in flight at once; 0 for any
 * number.
 * @param adaptive Whether the number finds itself, by latency, up to max.
 */
public record ConcurrencyLimitProperties(@Nullable Integer max, @Nullable Boolean adaptive) {

	static final ConcurrencyLimitProperties NONE = new ConcurrencyLimitProperties(null, null);

	ConcurrencyLimitProperties over(ConcurrencyLimitProperties defaults) {
		return new ConcurrencyLimitProperties(ClientProperties.first(this.max, defaults.max),
				ClientProperties.first(this.adaptive, defaults.adaptive));
	}

	/**
	 * The settings as the stage takes them.
	 * @return the settings, those not set being none
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name
	 */
	public ConcurrencyLimitSettings toSettings() {
		ConcurrencyLimitSettings own = ConcurrencyLimitSettings.NONE;
		return new ConcurrencyLimitSettings(BalancerProperties.or(this.max, own.max()),
				BalancerProperties.or(this.adaptive, own.adaptive()));
	}

}
