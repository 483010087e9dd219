package io.scalesrpc.discovery.zookeeper;

import io.scalesrpc.discovery.LookupThreads;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;

/**
 * Makes server sets of ZooKeeper: {@code zk://h1:2181,h2:2181/path#endpoint}; without a
 * name the service endpoint is meant. Needs ZooKeeper 3.6 or later (persistent watches).
 * <em>Thread-safe</em>.
 */
public final class ZooKeeperServerSetProvider implements ServerSetProvider {

	private final LookupThreads threads = new LookupThreads("scales-zookeeper");

	@Override
	public String scheme() {
		return "zk";
	}

	@Override
	public ServerSet create(ServerSetUri uri) {
		uri.members();
		if (uri.path().length() < 2 || uri.path().endsWith("/")) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: zk://host:port[,host:port]/path[#name])");
		}
		try {
			return new ZooKeeperServerSet(uri, Holder.ENSEMBLES, this.threads);
		}
		catch (NoClassDefFoundError ex) {
			throw new IllegalArgumentException("uri: " + uri + " (expected: curator-recipes and jackson-core on the"
					+ " class path; missing: " + ex.getMessage() + ")", ex);
		}
	}

	/** Made late, so that {@code zk} can be listed where Curator is absent. */
	private static final class Holder {

		private static final Ensembles ENSEMBLES = new Ensembles();

	}

}
