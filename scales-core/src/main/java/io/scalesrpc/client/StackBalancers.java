package io.scalesrpc.client;

import io.scalesrpc.call.Checks;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.protocol.Balancers;
import io.scalesrpc.protocol.Destination;
import io.scalesrpc.transport.ConnectionFactory;
import org.jspecify.annotations.Nullable;

/**
 * Makes the balancers of one client. <em>Confined to the thread that builds.</em>
 */
final class StackBalancers implements Balancers {

	private final ClientStack stack;

	private final Sources.@Nullable PeerSet peers;

	private boolean used;

	private boolean pooled;

	StackBalancers(ClientStack stack, Sources.@Nullable PeerSet peers) {
		this.stack = stack;
		this.peers = peers;
	}

	@Override
	public Destination over(ServerSet members, ConnectionFactory connections) {
		Checks.require(this.peers == null || !this.used, "balancer.type", "deterministic-aperture",
				"another one: the protocol has more than one balancer, and the peers a place in one only");
		this.used = true;
		this.pooled |= connections.isSerial();
		return new BalancedDestination(this.stack.balancer(members, connections), this.peers);
	}

	/** Whether a member has several connections that take one call at a time. */
	boolean pooled() {
		return this.pooled;
	}

}
