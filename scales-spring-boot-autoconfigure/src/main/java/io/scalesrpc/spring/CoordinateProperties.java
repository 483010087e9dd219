package io.scalesrpc.spring;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.Peers;
import org.jspecify.annotations.Nullable;

/**
 * Which of the clients of a service this process is: its number, or the registry that
 * says it. <em>Immutable</em>.
 *
 * @param instance Number of this process, from 0.
 * @param total Number of processes; above instance.
 * @param peers Where the processes that are clients are registered, this one among them;
 * takes the place of instance and total.
 * @param self Host:port under which this process is registered there.
 */
public record CoordinateProperties(@Nullable Integer instance, @Nullable Integer total, @Nullable String peers,
		@Nullable String self) {

	static final CoordinateProperties NONE = new CoordinateProperties(null, null, null, null);

	/** A number here stands in for a registry there, and the other way round. */
	CoordinateProperties over(CoordinateProperties defaults) {
		return new CoordinateProperties(
				(this.peers != null) ? this.instance : ClientProperties.first(this.instance, defaults.instance),
				(this.peers != null) ? this.total : ClientProperties.first(this.total, defaults.total),
				isNumbered() ? this.peers : ClientProperties.first(this.peers, defaults.peers),
				ClientProperties.first(this.self, defaults.self));
	}

	BalancerSettings applyTo(BalancerSettings settings) {
		if (this.peers != null && this.self != null && !isNumbered()) {
			return settings.peers(Peers.of(this.peers, this.self));
		}
		Coordinate own = settings.coordinate();
		return settings.coordinate(new Coordinate(BalancerProperties.or(this.instance, own.instance()),
				BalancerProperties.or(this.total, own.total())));
	}

	/**
	 * Whether the number itself is given, or a part of it.
	 * @return whether there is an instance or a total
	 */
	public boolean isNumbered() {
		return this.instance != null || this.total != null;
	}

}
