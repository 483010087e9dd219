package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.balancer.ApertureSettings;
import io.scalesrpc.balancer.LoadBand;
import org.jspecify.annotations.Nullable;

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
public record ApertureProperties(@Nullable Integer minSize, @Nullable Integer maxSize, @Nullable Double lowLoad,
		@Nullable Double highLoad, @Nullable Duration smoothing, @Nullable Duration minJitter,
		@Nullable Duration maxJitter) {

	static final ApertureProperties NONE = new ApertureProperties(null, null, null, null, null, null, null);

	ApertureProperties over(ApertureProperties defaults) {
		return new ApertureProperties(ClientProperties.first(this.minSize, defaults.minSize),
				ClientProperties.first(this.maxSize, defaults.maxSize),
				ClientProperties.first(this.lowLoad, defaults.lowLoad),
				ClientProperties.first(this.highLoad, defaults.highLoad),
				ClientProperties.first(this.smoothing, defaults.smoothing),
				ClientProperties.first(this.minJitter, defaults.minJitter),
				ClientProperties.first(this.maxJitter, defaults.maxJitter));
	}

	ApertureSettings toSettings() {
		ApertureSettings own = ApertureSettings.DEFAULT;
		LoadBand band = new LoadBand(BalancerProperties.or(this.lowLoad, own.band().low()),
				BalancerProperties.or(this.highLoad, own.band().high()),
				BalancerProperties.or(this.smoothing, own.band().smoothing()));
		return new ApertureSettings(BalancerProperties.or(this.minSize, own.minSize()),
				BalancerProperties.or(this.maxSize, own.maxSize()), band,
				BalancerProperties.or(this.minJitter, own.minJitter()),
				BalancerProperties.or(this.maxJitter, own.maxJitter()));
	}

}
