package io.scalesrpc.spring;

import io.scalesrpc.balancer.Coordinate;
import org.jspecify.annotations.Nullable;

/**
 * Which of the clients of a service this process is. <em>Immutable</em>.
 *
 * @param instance Number of this process, from 0.
 * @param total Number of processes; above instance.
 */
public record CoordinateProperties(@Nullable Integer instance, @Nullable Integer total) {

	static final CoordinateProperties NONE = new CoordinateProperties(null, null);

	CoordinateProperties over(CoordinateProperties defaults) {
		return new CoordinateProperties(ClientProperties.first(this.instance, defaults.instance),
				ClientProperties.first(this.total, defaults.total));
	}

	Coordinate toSettings() {
		Coordinate own = Coordinate.ALONE;
		return new Coordinate(BalancerProperties.or(this.instance, own.instance()),
				BalancerProperties.or(this.total, own.total()));
	}

}
