package io.scalesrpc.spring.settings.stage;

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

	public BalancerSettings applyTo(BalancerSettings settings) {
		if (this.peers != null && this.self != null && !isNumbered()) {
			return settings.withPeers(Peers.of(this.peers, this.self));
		}
		Coordinate own = settings.coordinate();
		return settings.withCoordinate(new Coordinate((this.instance != null) ? this.instance : own.instance(),
				(this.total != null) ? this.total : own.total()));
	}

	/**
	 * Whether the number itself is given, or a part of it.
	 * @return whether there is an instance or a total
	 */
	public boolean isNumbered() {
		return this.instance != null || this.total != null;
	}

}
