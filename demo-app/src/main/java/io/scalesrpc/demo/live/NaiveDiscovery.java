package io.scalesrpc.demo.live;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.demo.fleet.Side;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Asks ZooKeeper who is there, and remembers it for a few seconds, as the load balancer
 * of Spring Cloud does. <em>Thread-safe</em>.
 */
final class NaiveDiscovery {

	private static final int TIMEOUT_MILLIS = 1000;

	private static final int SESSION_MILLIS = 30_000;

	private static final long KEPT_NANOS = 3_000_000_000L;

	private final CuratorFramework zooKeeper;

	private volatile Known known = new Known(List.of(), System.nanoTime());

	NaiveDiscovery(String zooKeeper) {
		this.zooKeeper = CuratorFrameworkFactory.newClient(zooKeeper, SESSION_MILLIS, TIMEOUT_MILLIS,
				new RetryOneTime(100));
		this.zooKeeper.start();
	}

	/** Host and port of each server. */
	List<String> servers() throws IOException {
		Known now = this.known;
		if (now.until() - System.nanoTime() > 0) {
			return now.servers();
		}
		try {
			List<String> found = ask();
			this.known = new Known(found, System.nanoTime() + KEPT_NANOS);
			return found;
		}
		catch (Exception ex) {
			throw new IOException("no servers: " + ex, ex);
		}
	}

	private List<String> ask() throws Exception {
		List<String> found = new ArrayList<>();
		for (String node : this.zooKeeper.getChildren().forPath(Side.NAIVE.path())) {
			JsonNode member = JsonMapper.shared()
				.readTree(this.zooKeeper.getData().forPath(Side.NAIVE.path() + "/" + node))
				.get("serviceEndpoint");
			found.add(member.get("host").asString() + ":" + member.get("port").asInt());
		}
		if (found.isEmpty()) {
			throw new IOException("none is registered");
		}
		return found;
	}

	void close() {
		this.zooKeeper.close();
	}

	/**
	 * The servers, and until when they are believed. <em>Immutable</em>.
	 *
	 * @param servers host and port of each
	 * @param until on the clock of {@link System#nanoTime()}
	 */
	private record Known(List<String> servers, long until) {
	}

}
