package io.scalesrpc.client.assembly;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import org.jspecify.annotations.Nullable;

/**
 * The sets a client follows, until its balancer does. <em>Immutable</em>.
 *
 * @param members whom to call
 * @param peers the set and the name in it by which this process gets its number;
 * {@code null} for none
 */
public record ServerSets(ServerSet members, @Nullable PeerSet peers) {

	/** For a client that was not made. */
	public void close() {
		this.members.close();
		if (this.peers != null) {
			this.peers.set.close();
		}
	}

	/**
	 * All clients of the service. <em>Immutable</em>.
	 *
	 * @param set where they are registered
	 * @param self this process, as it is registered there
	 */
	public record PeerSet(ServerSet set, Member self) {
	}

}
