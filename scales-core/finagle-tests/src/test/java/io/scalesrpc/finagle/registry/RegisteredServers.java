package io.scalesrpc.finagle.registry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.thriftmux.PeerServer;

/**
 * Servers of ours that announce themselves. <em>Confined to the thread that runs the
 * scenario</em>.
 */
final class RegisteredServers implements AutoCloseable {

	private static final Duration GRACE = Duration.ofSeconds(10);

	private final String uri;

	private final List<PeerServer> servers = new ArrayList<>();

	/**
	 * Starts servers.
	 * @param uri the server set that they join
	 * @param count how many
	 */
	RegisteredServers(String uri, int count) {
		this.uri = uri;
		for (int i = 0; i < count; i++) {
			join();
		}
	}

	/** Starts one more. */
	void join() {
		this.servers.add(PeerServer.start(ThriftMuxServer.builder().announce(this.uri)));
	}

	/** Stops the oldest one: it leaves the set, drains and closes. */
	void leave() {
		this.servers.remove(0).close(GRACE);
	}

	/** The ports of those that run. */
	Set<Integer> ports() {
		return this.servers.stream().map(PeerServer::port).collect(Collectors.toSet());
	}

	@Override
	public void close() {
		this.servers.forEach((server) -> server.close(Duration.ZERO));
	}

}
