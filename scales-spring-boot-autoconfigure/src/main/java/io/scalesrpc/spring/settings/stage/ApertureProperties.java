package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.balancer.ApertureSettings;
import io.scalesrpc.balancer.LoadBand;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How wide the window of an aperture is. <em>Immutable</em>.
 *
 * @param minSize Fewest members in the window; at least 1.
 * @param maxSize Most members in the window; at least the fewest.
 * @param lowLoad Calls in flight per member at which the window narrows; at least 0.
 * @param highLoad Calls in flight per member at which the window widens; more than twice
 * low-load.
 * @param smoothing Time constant of the average that load is; above 0, at most 1 day.
 * @param minJitter Least time after which one member is exchanged for another; above 0,
 * at most 1 day.
 * @param maxJitter Most time after which one member is exchanged for another; at least
 * min-jitter.
 */
public record ApertureProperties(@DefaultValue("12") int minSize, @Nullable Integer maxSize,
		@DefaultValue("0.5") double lowLoad, @DefaultValue("2") double highLoad, @DefaultValue("5s") Duration smoothing,
		@DefaultValue("120s") Duration minJitter, @DefaultValue("240s") Duration maxJitter) {

	ApertureSettings toSettings() {
		int most = (this.maxSize != null) ? this.maxSize : ApertureSettings.DEFAULT.maxSize();
		LoadBand band = new LoadBand(this.lowLoad, this.highLoad, this.smoothing);
		return new ApertureSettings(this.minSize, most, band, this.minJitter, this.maxJitter);
	}

}
