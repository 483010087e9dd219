package io.scalesrpc.finagle.registry;

import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.scalesrpc.finagle.balancing.LoadFigures;
import io.scalesrpc.finagle.balancing.Report;
import io.scalesrpc.finagle.balancing.Servers;

/**
 * Thousands of members, which are addresses of a few servers: all replaced at once, then
 * half of them going and coming ten times a second, under calls that take 100 ms.
 * <em>Immutable</em>.
 *
 * @param members how many
 * @param callsPerSecond how many on average
 * @param flaps how often members go or come
 */
record ManyMembers(int members, int callsPerSecond, int flaps) {

	private static final int PORTS = 10;

	private static final int CALM_MILLIS = 5000;

	private static final int FLAP_MILLIS = 100;

	Report run() throws Exception {
		try (Servers servers = Servers.everywhere(PORTS); ZooKeeperPeer zooKeeper = new ZooKeeperPeer()) {
			for (int i = 0; i < PORTS; i++) {
				servers.delay(i, 100);
			}
			String ports = IntStream.range(0, PORTS)
				.mapToObj((i) -> Integer.toString(servers.port(i)))
				.collect(Collectors.joining(","));
			zooKeeper.command("replace 1 " + this.members + " " + ports);
			try (WatchedClient client = new WatchedClient(zooKeeper.uri())) {
				Report report = new Report();
				client.load("closed-loop 16 2000 10000").join();
				client.watchUntil("members", () -> client.members() == this.members);
				calm(client, report);
				replace(client, zooKeeper, ports, report);
				flap(client, zooKeeper, ports, report);
				return report;
			}
		}
	}

	private void calm(WatchedClient client, Report report) throws InterruptedException {
		ProcessorTime time = ProcessorTime.now();
		watchDuring(client, report, "calm", load(client, CALM_MILLIS));
		report.put("calm: % cpu", time.percent());
	}

	private void replace(WatchedClient client, ZooKeeperPeer zooKeeper, String ports, Report report)
			throws InterruptedException {
		long opened = client.opened();
		ProcessorTime time = ProcessorTime.now();
		CompletableFuture<LoadFigures> load = load(client, 2 * CALM_MILLIS);
		zooKeeper.command("replace 2 " + this.members + " " + ports);
		double seconds = client
			.watchUntil("the new members",
					() -> client.members() == this.members && client.knows("127.0.2.") && !client.knows("127.0.1."))
			.toMillis() / 1000.0;
		watchDuring(client, report, "replaced", load);
		report.put("replaced: % cpu", time.percent())
			.put("replaced: s until known", seconds)
			.put("replaced: connections opened", client.opened() - opened);
	}

	private void flap(WatchedClient client, ZooKeeperPeer zooKeeper, String ports, Report report)
			throws InterruptedException {
		long opened = client.opened();
		ProcessorTime time = ProcessorTime.now();
		CompletableFuture<LoadFigures> load = load(client, this.flaps * FLAP_MILLIS);
		zooKeeper.begin("flap 2 " + this.members / 2 + " " + FLAP_MILLIS + " " + this.flaps / 2 * 2 + " " + ports);
		watchDuring(client, report, "flapping", load);
		report.put("flapping: % cpu", time.percent()).put("flapping: connections opened", client.opened() - opened);
		zooKeeper.end();
		double seconds = client.watchUntil("all members", () -> client.members() == this.members).toMillis() / 1000.0;
		report.put("flapping: s until all known after it", seconds).put("most connections open", client.mostOpen());
	}

	private CompletableFuture<LoadFigures> load(WatchedClient client, int millis) {
		return client.load("open-loop " + this.callsPerSecond + " " + millis + " 7");
	}

	private static void watchDuring(WatchedClient client, Report report, String phase,
			CompletableFuture<LoadFigures> load) throws InterruptedException {
		client.watchUntil("the end of the load", load::isDone);
		LoadFigures figures = load.join();
		report.put(phase + ": calls", figures.get("ok"))
			.put(phase + ": failed", figures.failures())
			.put(phase + ": p99 ms", figures.millis("p99"));
	}

}
