package io.scalesrpc.spring;

import java.time.Duration;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.NestedConfigurationProperty;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How a client chooses among its members. <em>Immutable</em>.
 *
 * @param type The way of choosing.
 * @param slowStart Time in which the share of a new member rises to a full one; 0 for no
 * slow start, at most 1 day.
 * @param decay Time for which latencies are remembered; above 0, at most 1 day.
 * @param aperture How wide the window of an aperture is.
 * @param coordinate Which of the clients of the service this process is.
 */
public record BalancerProperties(@Nullable BalancerType type, @Nullable Duration slowStart, @Nullable Duration decay,
		@NestedConfigurationProperty @DefaultValue ApertureProperties aperture,
		@NestedConfigurationProperty @DefaultValue CoordinateProperties coordinate) {

	static final BalancerProperties NONE = new BalancerProperties(null, null, null, ApertureProperties.NONE,
			CoordinateProperties.NONE);

	BalancerProperties over(BalancerProperties defaults) {
		return new BalancerProperties(ClientProperties.first(this.type, defaults.type),
				ClientProperties.first(this.slowStart, defaults.slowStart),
				ClientProperties.first(this.decay, defaults.decay), this.aperture.over(defaults.aperture),
				this.coordinate.over(defaults.coordinate));
	}

	/**
	 * The type in effect.
	 * @return aperture, unless another is set
	 */
	public BalancerType typeInEffect() {
		return or(this.type, BalancerType.APERTURE);
	}

	/**
	 * The settings as the balancer takes them.
	 * @return the settings, those not set being the balancer's own
	 * @throws IllegalArgumentException if one is out of its range; the text begins with
	 * its name in the core
	 */
	public BalancerSettings toSettings() {
		BalancerSettings own = BalancerSettings.of(typeInEffect());
		return this.coordinate.applyTo(own.slowStart(or(this.slowStart, own.slowStart()))
			.decay(or(this.decay, own.decay()))
			.aperture(this.aperture.toSettings()));
	}

	static <V> V or(@Nullable V own, V otherwise) {
		return (own != null) ? own : otherwise;
	}

}
