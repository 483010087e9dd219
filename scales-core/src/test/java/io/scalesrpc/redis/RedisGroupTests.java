package io.scalesrpc.redis;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.lettuce.core.dynamic.annotation.Command;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.StaticServerSet;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.redis.protocol.RedisProtocol;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** A primary with replicas, on real servers: who is asked what, and failovers. */
@Sockets
public class RedisGroupTests {

	private final List<RedisNode> nodes = new CopyOnWriteArrayList<>();

	private final List<ClientHandle<?>> clients = new CopyOnWriteArrayList<>();

	/** A write and a read, and who answers. */
	interface Notes {

		void set(String key, String value);

		String get(String key);

		@Command("SET ?0 ?1")
		CompletableFuture<String> setAsync(String key, String value);

		@Command("INFO server")
		String info();

	}

	@AfterEach
	void closeAll() {
		this.clients.forEach((client) -> client.close(Duration.ZERO).toCompletableFuture().join());
		this.nodes.forEach(RedisNode::close);
	}

	@Test
	void writesGoToThePrimaryWhereverItStandsInTheList() {
		RedisNode primary = primary();
		RedisNode replica = replica(primary);
		Notes notes = client(ReadFrom.PRIMARY, replica, primary).proxy();
		notes.set("a", "1");
		assertThat(notes.get("a")).isEqualTo("1");
		assertThat(notes.info()).contains("tcp_port:" + primary.port());
		assertThat(commands(replica, "get")).isZero();
		assertThat(primary.ask("GET", "a")).isEqualTo("1");
	}

	@Test
	void readsGoToReplicasIfTheyAreSetToAndNothingElseDoes() {
		RedisNode primary = primary();
		RedisNode one = replica(primary);
		RedisNode two = replica(primary);
		ClientHandle<Notes> client = client(ReadFrom.REPLICAS, primary, one, two);
		Notes notes = client.proxy();
		notes.set("a", "1");
		Eventually.await("replication", () -> "1".equals(one.ask("GET", "a")) && "1".equals(two.ask("GET", "a")));
		for (int i = 0; i < 200; i++) {
			assertThat(notes.get("a")).isEqualTo("1");
		}
		assertThat(commands(primary, "get")).isZero();
		assertThat(commands(one, "get")).isGreaterThan(10);
		assertThat(commands(two, "get")).isGreaterThan(10);
		String replicas = Stream.of(one.address(), two.address()).sorted().collect(Collectors.joining(", "));
		assertThat(client.view().details()).isEqualTo(Map.of("primary", primary.address(), "replicas", replicas));
	}

	@Test
	void anyServerMayBeRead() {
		RedisNode primary = primary();
		RedisNode replica = replica(primary);
		Notes notes = client(ReadFrom.ANY, primary, replica).proxy();
		for (int i = 0; i < 200; i++) {
			assertThat(notes.get("none")).isNull();
		}
		assertThat(commands(primary, "get")).isGreaterThan(10);
		assertThat(commands(replica, "get")).isGreaterThan(10);
	}

	@Test
	void operatorsMaySpareReplicasButNotThePrimary() {
		RedisNode primary = primary();
		RedisNode replica = replica(primary);
		ClientHandle<Notes> client = client(ReadFrom.ANY, primary, replica);
		Notes notes = client.proxy();
		assertThatIllegalArgumentException().isThrownBy(() -> client.members().drain(primary.address(), null, "alice"))
			.withMessageContaining("which member is the primary is not known yet");
		notes.set("a", "1");
		assertThatIllegalArgumentException().isThrownBy(() -> client.members().drain(primary.address(), null, "alice"))
			.withMessage("member: " + primary.address()
					+ " (expected: a replica that is read from; this is the primary, and writes cannot go elsewhere)");
		assertThatIllegalArgumentException().isThrownBy(() -> client.members().eject(primary.address(), null, "alice"));
		client.members().drain(replica.address(), null, "alice");
		for (int i = 0; i < 20; i++) {
			notes.get("a");
		}
		assertThat(commands(replica, "get")).isZero();
		notes.set("a", "2");
	}

	@Test
	void whatIsAroundCallsChoosesNoServer() {
		RedisNode primary = primary();
		RedisNode replica = replica(primary);
		Notes notes = client(ReadFrom.REPLICAS, primary, replica).proxy();
		notes.set("a", "1");
		CallOptions.NONE.withMember(primary.address()).run(() -> notes.get("a"));
		assertThat(commands(replica, "get")).isOne();
	}

	@Test
	void anOrderedFailoverIsNoticedByTheFirstWriteThatIsRefused() {
		RedisNode before = primary();
		RedisNode after = replica(before);
		Notes notes = client(ReadFrom.PRIMARY, before, after).proxy();
		notes.set("a", "1");
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(150));
		after.follow(null);
		before.follow(after);
		notes.set("a", "2");
		assertThat(after.ask("GET", "a")).isEqualTo("2");
		assertThat(notes.info()).contains("tcp_port:" + after.port());
	}

	@Test
	void aPrimaryThatIsKilledUnderLoadIsFoundAgainWhenItIsBack() throws Exception {
		RedisNode primary = primary();
		RedisNode replica = replica(primary);
		ClientHandle<Notes> client = client(ReadFrom.PRIMARY, primary, replica);
		try (Load load = new Load(client.proxy())) {
			load.awaitMore(200);
			primary.kill();
			load.awaitFailures(20);
			primary.start();
			load.awaitMore(200);
		}
	}

	@Test
	void theReplicaThatBecomesPrimaryTakesTheWritesUnderLoad() throws Exception {
		RedisNode primary = primary();
		RedisNode replica = replica(primary);
		ClientHandle<Notes> client = client(ReadFrom.PRIMARY, primary, replica);
		try (Load load = new Load(client.proxy())) {
			load.awaitMore(200);
			primary.kill();
			load.awaitFailures(20);
			replica.follow(null);
			load.awaitMore(200);
			assertThat(client.proxy().info()).contains("tcp_port:" + replica.port());
		}
	}

	@Test
	void aReplicaThatIsAddedGetsItsShare() {
		RedisNode primary = primary();
		RedisNode one = replica(primary);
		Growing members = new Growing(List.of(member(primary), member(one)));
		Notes notes = client(ReadFrom.REPLICAS, members).proxy();
		notes.get("a");
		RedisNode two = replica(primary);
		members.are(List.of(member(primary), member(one), member(two)));
		Eventually.await("the new replica's share", () -> {
			notes.get("a");
			return commands(two, "get") > 20;
		});
		assertThat(commands(primary, "get")).isZero();
	}

	@Test
	void oneServerThatBecomesAGroupIsOne() {
		RedisNode primary = primary();
		Growing members = new Growing(List.of(member(primary)));
		Notes notes = client(ReadFrom.REPLICAS, members).proxy();
		notes.set("a", "1");
		assertThat(notes.get("a")).isEqualTo("1");
		RedisNode replica = replica(primary);
		members.are(List.of(member(replica), member(primary)));
		notes.set("a", "2");
		Eventually.await("a read from the replica", () -> {
			notes.get("a");
			return commands(replica, "get") > 0;
		});
		members.are(List.of(member(primary)));
		notes.set("a", "3");
		assertThat(notes.get("a")).isEqualTo("3");
	}

	@Test
	void serversThatAreNoGroupAreRefusedForReadsToo() {
		RedisNode one = primary();
		RedisNode two = primary();
		Notes notes = client(ReadFrom.ANY, one, two).proxy();
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> notes.set("a", "1"))
			.withMessageContaining("several primaries: ")
			.withMessageContaining("data are not divided between servers");
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> notes.get("a"));
		two.follow(one);
		Eventually.await("a primary", () -> {
			try {
				notes.set("a", "1");
				return true;
			}
			catch (NotSentException ex) {
				return false;
			}
		});
	}

	@Test
	void nobodyIsAskedWhileNobodyCalls() {
		RedisNode primary = primary();
		RedisNode replica = replica(primary);
		Notes notes = client(ReadFrom.REPLICAS, primary, replica).proxy();
		notes.set("a", "1");
		long asked = commands(primary, "hello") + commands(replica, "hello");
		LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
		notes.set("a", "1");
		assertThat(commands(primary, "hello") + commands(replica, "hello")).isEqualTo(asked);
	}

	@Test
	void aClientIsReadyWhenPrimaryAndReplicasAreConnected() throws Exception {
		RedisNode primary = primary();
		RedisNode replica = replica(primary);
		ClientHandle<Notes> client = client(ReadFrom.REPLICAS, primary, replica);
		assertThat(client.ready(2, Duration.ofSeconds(10)).toCompletableFuture().get(20, TimeUnit.SECONDS)).isTrue();
		assertThat(client.view().members()).hasSize(2);
	}

	private RedisNode primary() {
		RedisNode node = RedisNode.bundled();
		this.nodes.add(node);
		return node;
	}

	private RedisNode replica(RedisNode primary) {
		RedisNode node = primary.replica();
		this.nodes.add(node);
		return node;
	}

	private ClientHandle<Notes> client(ReadFrom readFrom, RedisNode... of) {
		return client(readFrom, new StaticServerSet(List.of(of).stream().map(RedisGroupTests::member).toList()));
	}

	private ClientHandle<Notes> client(ReadFrom readFrom, ServerSet members) {
		ClientHandle<Notes> client = ScalesClients.builder(Notes.class)
			.protocol(new RedisProtocol(RedisSettings.DEFAULT.withReadFrom(readFrom)))
			.serverSet(members)
			.timeout(Duration.ofSeconds(5))
			.build();
		this.clients.add(client);
		return client;
	}

	private static Member member(RedisNode node) {
		return Member.of("127.0.0.1", node.port());
	}

	/** How often a server was sent a command. */
	private static long commands(RedisNode node, String name) {
		for (String line : node.ask("INFO", "commandstats").split("\r\n")) {
			if (line.startsWith("cmdstat_" + name + ":calls=")) {
				return Long.parseLong(line.substring(line.indexOf('=') + 1, line.indexOf(',')));
			}
		}
		return 0;
	}

	/** Members that change. */
	private static final class Growing implements ServerSet {

		private List<Member> members;

		private Consumer<List<Member>> watcher;

		Growing(List<Member> members) {
			this.members = members;
		}

		void are(List<Member> others) {
			this.members = others;
			this.watcher.accept(others);
		}

		@Override
		public void watch(Consumer<List<Member>> told) {
			this.watcher = told;
			told.accept(this.members);
		}

		@Override
		public void close() {
			// holds nothing
		}

	}

	/** Writes again and again, on a thread of its own. <em>Thread-safe</em>. */
	private static final class Load implements AutoCloseable {

		private final AtomicInteger written = new AtomicInteger();

		private final AtomicInteger failed = new AtomicInteger();

		private final AtomicBoolean closed = new AtomicBoolean();

		private final Thread thread;

		Load(Notes notes) {
			this.thread = new Thread(() -> {
				for (int i = 0; !this.closed.get(); i++) {
					notes.setAsync("key-" + i % 100, "value-" + i)
						.whenComplete((ok, ex) -> ((ex == null) ? this.written : this.failed).incrementAndGet());
					LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(500));
				}
			}, "redis-load");
			this.thread.start();
		}

		void awaitMore(int count) {
			int goal = this.written.get() + count;
			Eventually.await(count + " writes more", () -> this.written.get() >= goal);
		}

		void awaitFailures(int count) {
			Eventually.await(count + " failures", () -> this.failed.get() >= count);
		}

		@Override
		public void close() {
			this.closed.set(true);
			try {
				this.thread.join(10_000);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
