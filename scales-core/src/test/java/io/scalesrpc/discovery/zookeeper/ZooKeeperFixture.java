package io.scalesrpc.discovery.zookeeper;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.time.Ticker;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.retry.RetryOneTime;
import org.apache.curator.test.TestingServer;
import org.apache.zookeeper.ZooKeeper;

/**
 * A ZooKeeper server, somebody who writes to it, and sets that follow it on fake time.
 * <em>Confined to the thread of the test</em>.
 */
final class ZooKeeperFixture {

	static final String PATH = "/services/prices";

	private static final Duration PATIENCE = Duration.ofSeconds(30);

	final FakeTime time = new FakeTime().mustEndEmpty();

	final TestingServer server;

	/** Between the server and the sets; the writer has its own way. */
	final Forwarder network;

	final CuratorFramework writer;

	final ZooKeeperContext context;

	private final ExecutorService executor = Executors
		.newCachedThreadPool((task) -> new Thread(task, "zookeeper-test"));

	private final List<ServerSet> sets = new ArrayList<>();

	ZooKeeperFixture() throws Exception {
		this.server = new TestingServer(FreePorts.next(), true);
		this.network = new Forwarder(this.server.getPort());
		this.writer = CuratorFrameworkFactory.newClient(this.server.getConnectString(), new RetryOneTime(100));
		this.writer.start();
		this.context = new ZooKeeperContext(this.executor, this.time, this.time);
	}

	/** The URI of the path, of Twitter's server sets. */
	ServerSetUri uri(String endpoint) {
		return ServerSetUri.parse("zk://" + this.network.address() + PATH + endpoint);
	}

	Told follow() {
		return follow(new TwitterFormat(""));
	}

	Told follow(NodeFormat format) {
		return follow(format, this.context);
	}

	/** Follows as somebody. */
	Told follow(ZooKeeperSettings settings) {
		return follow(new TwitterFormat(""), this.context.with(settings));
	}

	private Told follow(NodeFormat format, ZooKeeperContext whose) {
		ServerSet set = new ZooKeeperServerSet(uri(""), format, whose);
		this.sets.add(set);
		return new Told(set, this.time);
	}

	/** Makes a node or changes it. */
	void write(String name, String data) throws Exception {
		this.writer.create()
			.orSetData()
			.creatingParentsIfNeeded()
			.forPath(PATH + "/" + name, data.getBytes(StandardCharsets.UTF_8));
	}

	void delete(String name) throws Exception {
		this.writer.delete().forPath(PATH + "/" + name);
	}

	/** Has the server end a session, as it does with one that was silent for too long. */
	void expire(Ensemble ensemble) throws Exception {
		ZooKeeper victim = ensemble.client().getZookeeperClient().getZooKeeper();
		ZooKeeper killer = new ZooKeeper(this.server.getConnectString(), 10_000, (event) -> {
		}, victim.getSessionId(), victim.getSessionPasswd());
		await("the session taken over", () -> killer.getState().isConnected());
		killer.close();
	}

	void awaitWriter() throws InterruptedException {
		if (!this.writer.blockUntilConnected((int) PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			throw new AssertionError("writer: not connected (expected: connected)");
		}
	}

	/** A member in Twitter's JSON. */
	static String node(String host, int port) {
		return node(host, port, "");
	}

	/** A member in Twitter's JSON; what is added begins with a comma. */
	static String node(String host, int port, String rest) {
		return "{\"serviceEndpoint\":{\"host\":\"" + host + "\",\"port\":" + port
				+ "},\"additionalEndpoints\":{\"admin\":{\"host\":\"" + host + "\",\"port\":" + (port + 1000)
				+ "}},\"status\":\"ALIVE\",\"shard\":" + port + rest + "}";
	}

	/** The member that such a node announces. */
	static Member member(String host, int port) {
		return member(host, port, 1);
	}

	static Member member(String host, int port, double weight) {
		return new Member(host, port, weight, Map.of("shard", String.valueOf(port)));
	}

	static void await(String what, BooleanSupplier condition) throws InterruptedException {
		long start = Ticker.SYSTEM.nanos();
		while (!condition.getAsBoolean()) {
			if (Ticker.SYSTEM.nanos() - start > PATIENCE.toNanos()) {
				throw new AssertionError(what + ": not within " + PATIENCE);
			}
			TimeUnit.MILLISECONDS.sleep(2);
		}
	}

	void close() throws Exception {
		this.sets.forEach(ServerSet::close);
		this.writer.close();
		this.executor.shutdown();
		if (!this.executor.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
			throw new AssertionError("executor: busy (expected: nothing left to do)");
		}
		this.network.close();
		this.server.close();
	}

	/**
	 * What a set told, one list after the other. <em>Thread-safe</em>.
	 *
	 * @param set the set
	 * @param time is moved on as far as changes are gathered, never further
	 * @param lists what nobody has looked at
	 */
	record Told(ServerSet set, FakeTime time, BlockingQueue<List<Member>> lists) {

		Told(ServerSet set, FakeTime time) {
			this(set, time, new LinkedBlockingQueue<>());
			set.watch(this.lists::add);
		}

		/** The next list that was told. */
		List<Member> next() throws InterruptedException {
			await("a list", () -> {
				gather();
				return !this.lists.isEmpty();
			});
			return this.lists.remove();
		}

		/** Waits for a list; others may come before it. */
		void awaitList(Member... members) throws InterruptedException {
			List<Member> list = next();
			while (!list.equals(List.of(members))) {
				list = next();
			}
		}

		/** Waits until the set has nothing to tell before this has passed. */
		void awaitWait(Duration wait) throws InterruptedException {
			await("a wait", () -> {
				gather();
				return this.time.pendingTimeouts() > 0 && this.time.untilNext().compareTo(wait) >= 0;
			});
		}

		private void gather() {
			if (this.time.pendingTimeouts() > 0 && this.time.untilNext().compareTo(Publisher.BATCH) <= 0) {
				this.time.advance(Publisher.BATCH);
			}
		}

	}

}
