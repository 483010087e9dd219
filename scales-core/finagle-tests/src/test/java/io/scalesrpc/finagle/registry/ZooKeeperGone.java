package io.scalesrpc.finagle.registry;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.finagle.balancing.LoadFigures;
import io.scalesrpc.finagle.balancing.Report;

/**
 * ZooKeeper stops; meanwhile a server joins and another one leaves; then ZooKeeper is
 * back. Calls go on all the time. <em>Immutable</em>.
 *
 * @param gone how long it is stopped
 * @param forgetful whether it comes back without its data, so that every session has
 * expired and every node is gone
 */
record ZooKeeperGone(Duration gone, boolean forgetful) {

	static final String FAILED = "failed";

	static final String HEALED = "s until joins and leaves are known";

	private static final int SERVERS = 5;

	Report run() throws Exception {
		try (ZooKeeperPeer zooKeeper = new ZooKeeperPeer();
				RegisteredServers registered = new RegisteredServers(zooKeeper.uri(), SERVERS);
				WatchedClient client = new WatchedClient(zooKeeper.uri())) {
			client.watchUntil("members", () -> client.ports().equals(registered.ports()));
			CompletableFuture<LoadFigures> load = client.load("open-loop 200 3600000 3");
			zooKeeper.command("stop");
			Thread.sleep(this.gone.toMillis() / 2);
			registered.join();
			registered.leave();
			Thread.sleep(this.gone.toMillis() / 2);
			int known = client.members();
			zooKeeper.command(this.forgetful ? "restart-empty" : "restart");
			Duration healed = client.watchUntil("joins and leaves", () -> client.ports().equals(registered.ports()));
			client.stop();
			LoadFigures figures = load.join();
			return new Report().put("members known while it was gone", known)
				.put(HEALED, healed.toMillis() / 1000.0)
				.put("calls", figures.get("ok"))
				.put(FAILED, figures.failures())
				.put("max ms", figures.millis("max"));
		}
	}

}
