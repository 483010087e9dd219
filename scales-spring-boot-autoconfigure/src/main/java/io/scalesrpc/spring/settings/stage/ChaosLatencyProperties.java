package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.chaos.InjectedLatency;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How calls are held back on purpose. <em>Immutable</em>.
 *
 * @param delay Time for which a call is held back at least; 0 to 1 day.
 * @param jitter Time for which it is held back longer at most, by chance; 0 to 1 day.
 * @param percent Share of the attempts that are held back; 0 to 100.
 */
public record ChaosLatencyProperties(@DefaultValue("0s") Duration delay, @DefaultValue("0s") Duration jitter,
		@DefaultValue("0") double percent) {

	InjectedLatency toSettings() {
		return new InjectedLatency(this.delay, this.jitter, this.percent);
	}

}
