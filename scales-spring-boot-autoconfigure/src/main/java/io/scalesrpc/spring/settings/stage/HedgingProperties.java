package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.hedging.HedgingSettings;

import org.springframework.boot.context.properties.bind.DefaultValue;

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
public record HedgingProperties(@DefaultValue("false") boolean enabled, @DefaultValue("0.01") double maxExtraLoad,
		@DefaultValue("1ms") Duration minDelay, @DefaultValue("2s") Duration maxDelay) {

	/**
	 * The settings as the stage takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public HedgingSettings toSettings() {
		return new HedgingSettings(this.enabled, this.maxExtraLoad, this.minDelay, this.maxDelay);
	}

}
