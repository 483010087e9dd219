package io.scalesrpc.finagle.registry;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.finagle.balancing.LoadFigures;
import io.scalesrpc.finagle.balancing.Report;

/**
 * Servers that announce themselves are replaced one after the other, each by a new one
 * that joins first, while calls are in flight. <em>Immutable</em>.
 *
 * @param servers how many
 * @param concurrency how many calls at a time
 */
record RollingRestart(int servers, int concurrency) {

	static final String FAILED = "failed";

	Report run() throws Exception {
		try (ZooKeeperPeer zooKeeper = new ZooKeeperPeer();
				RegisteredServers registered = new RegisteredServers(zooKeeper.uri(), this.servers);
				WatchedClient client = new WatchedClient(zooKeeper.uri())) {
			client.watchUntil("members", () -> client.ports().equals(registered.ports()));
			CompletableFuture<LoadFigures> load = client
				.load("closed-loop " + this.concurrency + " " + Integer.MAX_VALUE + " 600000");
			long start = System.nanoTime();
			for (int i = 0; i < this.servers; i++) {
				registered.leave();
				registered.join();
				client.watchUntil("the new member", () -> client.ports().equals(registered.ports()));
			}
			double seconds = (System.nanoTime() - start) / 1e9;
			client.stop();
			LoadFigures figures = load.join();
			return new Report().put("restarted", this.servers)
				.put("in s", seconds)
				.put("calls", figures.get("ok"))
				.put(FAILED, figures.failures())
				.put("p99 ms", figures.millis("p99"))
				.put("max ms", figures.millis("max"));
		}
	}

}
