package io.scalesrpc.protocol;

import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.transport.ConnectionFactory;

/**
 * Puts the stages of a client that choose a member and keep its connections in front of
 * the connections of a protocol. <em>Confined to the thread that builds.</em>
 */
@FunctionalInterface
public interface Balancers {

	/**
	 * Balances calls over members: balancer, member breaker, resurrector and, for
	 * connections that take one call at a time, a pool. A protocol that sends different
	 * calls to different members asks for more than one.
	 * @param members whom to call; closed with the destination
	 * @param connections opens connections to them
	 * @return a new destination, not started
	 * @throws IllegalArgumentException if the balancer that was chosen does not fit
	 */
	Destination over(ServerSet members, ConnectionFactory connections);

}
