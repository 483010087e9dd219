package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.retry.RetryBackoff;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How long a call waits before it is sent again: any time below a bound that grows.
 * <em>Immutable</em>.
 *
 * @param initial Bound of the first wait; above 0, at most 1 day.
 * @param multiplier Factor by which the bound grows with each wait; 1 to 100.
 * @param max Largest bound; at least initial, at most 1 day.
 * @param jitter Part of the wait that is left to chance: full for all of it, equal for
 * half of it, or none.
 */
public record RetryBackoffProperties(@DefaultValue("5ms") Duration initial, @DefaultValue("2") double multiplier,
		@DefaultValue("200ms") Duration max, @DefaultValue("full") RetryBackoff.Jitter jitter) {

	RetryBackoff toSettings() {
		return new RetryBackoff(this.initial, this.multiplier, this.max, this.jitter);
	}

}
