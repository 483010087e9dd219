package io.scalesrpc.client;

import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.Checks;
import io.scalesrpc.client.assembly.BalancedDestination;
import io.scalesrpc.client.assembly.ServerSets;
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

	private final ServerSets.@Nullable PeerSet peers;

	private final List<BalancedDestination> made = new ArrayList<>();

	private boolean used;

	private boolean pooled;

	StackBalancers(ClientStack stack, ServerSets.@Nullable PeerSet peers) {
		this.stack = stack;
		this.peers = peers;
	}

	@Override
	public Destination over(ServerSet members, ConnectionFactory connections) {
		Checks.require(this.peers == null || !this.used, "balancer.type", "deterministic-aperture",
				"another one: the protocol has more than one balancer, and the peers a place in one only");
		this.used = true;
		this.pooled |= connections.isSerial();
		BalancedDestination made = this.stack.balanced(members, connections, this.peers);
		this.made.add(made);
		return made;
	}

	/** All of them. */
	List<BalancedDestination> made() {
		return List.copyOf(this.made);
	}

	/** Whether a member has several connections that take one call at a time. */
	boolean pooled() {
		return this.pooled;
	}

}
