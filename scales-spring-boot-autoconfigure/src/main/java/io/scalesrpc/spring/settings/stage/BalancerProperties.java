package io.scalesrpc.spring.settings.stage;

import java.time.Duration;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.ZoneSettings;
import io.scalesrpc.call.Checks;
import io.scalesrpc.call.InvalidSettingException;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a client chooses among its members. <em>Immutable</em>.
 *
 * @param type The way of choosing.
 * @param slowStart Time in which the share of a new member rises to a full one; 0 for no
 * slow start, at most 1 day.
 * @param decay Time for which latencies are remembered; above 0, at most 1 day.
 * @param hashBound Calls in flight that a member may have with balancer type hash, as a
 * multiple of its share, before calls of its keys go to others; above 1, at most 1000.
 * @param aperture How wide the window of an aperture is.
 * @param zone Where this process stands.
 * @param coordinate Which of the clients of the service this process is.
 */
public record BalancerProperties(@DefaultValue("aperture") BalancerType type, @DefaultValue("10s") Duration slowStart,
		@DefaultValue("10s") Duration decay, @DefaultValue("1.25") double hashBound,
		@NestedConfigurationProperty @DefaultValue ApertureProperties aperture,
		@NestedConfigurationProperty @DefaultValue ZoneProperties zone,
		@NestedConfigurationProperty @DefaultValue CoordinateProperties coordinate) {

	/**
	 * The settings as the balancer takes them.
	 * @return the settings
	 * @throws InvalidSettingException if one is out of its range
	 */
	public BalancerSettings toSettings() {
		BalancerSettings settings = BalancerSettings.of(this.type)
			.withSlowStart(this.slowStart)
			.withDecay(this.decay)
			.withHashBound(this.hashBound)
			.withAperture(Checks.within("aperture", this.aperture::toSettings))
			.withZone(BalancerOption.ZONE.isUsedBy(this.type) ? Checks.within("zone", this.zone::toSettings)
					: ZoneSettings.NONE);
		return Checks.within("coordinate", () -> this.coordinate.applyTo(settings));
	}

}
