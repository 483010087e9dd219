package io.scalesrpc.spring.etcd;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.etcd.jetcd.Client;
import io.scalesrpc.discovery.LookupThreads;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.time.Ticker;

/**
 * Makes server sets of etcd: {@code etcd://host:port/prefix}. One connection for each
 * cluster is shared by all clients of the application. <em>Thread-safe</em>.
 */
final class EtcdServerSetProvider implements ServerSetProvider, AutoCloseable {

	private final Map<String, Client> clusters = new ConcurrentHashMap<>();

	private final LookupThreads timer = new LookupThreads("etcd-server-sets");

	private final Duration refresh;

	/**
	 * Connects to nothing yet.
	 * @param refresh how often to read what no change was told of, above 0
	 */
	EtcdServerSetProvider(Duration refresh) {
		this.refresh = refresh;
	}

	@Override
	public String scheme() {
		return "etcd";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		uri.members();
		if (uri.path().length() < 2) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: etcd://host:port[,host:port]/prefix)");
		}
		Client etcd = this.clusters.computeIfAbsent(uri.authority(), EtcdServerSetProvider::connect);
		return new EtcdServerSet(uri, etcd, this.timer, Ticker.SYSTEM, this.refresh);
	}

	/** Waits for nothing: jetcd connects when it is first used. */
	private static Client connect(String hosts) {
		return Client.builder().endpoints(("http://" + hosts.replace(",", ",http://")).split(",")).build();
	}

	@Override
	public void close() {
		this.clusters.values().forEach(Client::close);
	}

}
