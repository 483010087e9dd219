package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.hedging.HedgingSettings;
import org.jspecify.annotations.Nullable;

/**
 * When a second attempt is sent beside one that takes long. <em>Immutable</em>.
 *
 * @param enabled Whether a second attempt is sent beside one that takes long, for
 * idempotent methods.
 * @param maxExtraLoad Share of calls that may be sent twice; 0.0001 to 0.5.
 * @param minDelay Least time after which a second attempt is sent; at least 1
 * millisecond, below max-delay.
 * @param maxDelay Time that second attempts are sent before, or not at all; at most 1
 * minute.
 */
public record HedgingProperties(@Nullable Boolean enabled, @Nullable Double maxExtraLoad, @Nullable Duration minDelay,
		@Nullable Duration maxDelay) {

	static final HedgingProperties NONE = new HedgingProperties(null, null, null, null);

	/**
	 * These settings, and others where there is none.
	 * @param defaults the other settings
	 * @return the settings in effect
	 */
	public HedgingProperties over(HedgingProperties defaults) {
		return new HedgingProperties(ClientProperties.first(this.enabled, defaults.enabled),
				ClientProperties.first(this.maxExtraLoad, defaults.maxExtraLoad),
				ClientProperties.first(this.minDelay, defaults.minDelay),
				ClientProperties.first(this.maxDelay, defaults.maxDelay));
	}

	/**
	 * Whether nothing is set here.
	 * @return {@code true} for a method that is as its client
	 */
	public boolean isEmpty() {
		return equals(NONE);
	}

	/**
	 * The settings as the stage takes them.
	 * @return the settings, off unless switched on, and those not set being the stage's
	 * own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name in the core
	 */
	public HedgingSettings toSettings() {
		HedgingSettings own = HedgingSettings.OFF;
		return new HedgingSettings(BalancerProperties.or(this.enabled, own.enabled()),
				BalancerProperties.or(this.maxExtraLoad, own.maxExtraLoad()),
				BalancerProperties.or(this.minDelay, own.minDelay()),
				BalancerProperties.or(this.maxDelay, own.maxDelay()));
	}

}
