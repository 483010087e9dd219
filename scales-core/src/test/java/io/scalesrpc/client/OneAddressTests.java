package io.scalesrpc.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.server.ServerProtocol;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.LeakCheckExtension;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TcpBalancer;
import io.scalesrpc.thriftmux.PeerServer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * One address with a balancer of connections behind it and three servers behind that, as
 * a service of Kubernetes has it. A fourth gets its share of the calls by itself.
 */
@Sockets
@ExtendWith(LeakCheckExtension.class)
class OneAddressTests {

	private static final Duration AGE = Duration.ofMillis(500);

	private final List<PeerServer> servers = new ArrayList<>();

	private final List<Thread> callers = new ArrayList<>();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final AtomicLong answers = new AtomicLong();

	private volatile boolean over;

	private @Nullable TcpBalancer balancer;

	private void start(ServerProtocol protocol) throws IOException {
		for (int i = 0; i < 3; i++) {
			this.servers.add(server(protocol));
		}
		this.balancer = new TcpBalancer(this.servers.stream().map(PeerServer::port).toList());
	}

	@AfterEach
	void stop() throws Exception {
		stopCallers();
		if (this.balancer != null) {
			this.balancer.close();
		}
		this.servers.forEach((server) -> server.close(Duration.ZERO));
	}

	@Test
	void aServerThatIsAddedGetsItsShareOfSharedConnections() throws Exception {
		start(ServerProtocol.THRIFTMUX);
		try (ClientHandle<PeerService.Iface> client = client("thriftmux").connectionsPerMember(8).build()) {
			aServerThatIsAddedGetsItsShare(client, 4, ServerProtocol.THRIFTMUX);
			assertThat(client.view().members().get(0).connections()).isBetween(8, 9);
		}
	}

	@Test
	void aServerThatIsAddedGetsItsShareOfPooledConnections() throws Exception {
		PoolSettings pool = new PoolSettings(1, 16, 64, Duration.ofMinutes(1), Duration.ZERO);
		start(ServerProtocol.THRIFT);
		try (ClientHandle<PeerService.Iface> client = client("thrift").pool(pool).build()) {
			aServerThatIsAddedGetsItsShare(client, 8, ServerProtocol.THRIFT);
		}
	}

	/** With one connection it is the turn of each server. */
	@Test
	void oneConnectionThatIsReplacedAgainAndAgainComesToAllServers() throws Exception {
		start(ServerProtocol.THRIFTMUX);
		try (ClientHandle<PeerService.Iface> client = client("thriftmux").maxConnectionAge(Duration.ofMillis(100))
			.build()) {
			startCallers(client.proxy(), 2);
			Fixture.await(() -> this.servers.stream().allMatch((server) -> server.stats().requests() > 0));
			stopCallers();
			assertThat(this.failures).isEmpty();
			Fixture.await(() -> connections() <= 2);
		}
	}

	@Test
	void severalConnectionsToAMemberAreRefusedWhereEachTakesOneCall() {
		assertThatIllegalArgumentException().isThrownBy(() -> client("thrift").connectionsPerMember(2).build())
			.withMessageContaining("connections-per-member: set (expected: none with protocol thrift: a connection");
		assertThatIllegalArgumentException().isThrownBy(() -> client("thriftmux").connectionsPerMember(65).build())
			.withMessage("connections-per-member: 65 (expected: 1 to 64)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> client("thriftmux").maxConnectionAge(Duration.ofMillis(99)).build())
			.withMessageContaining("max-connection-age: PT0.099S (expected: at least 0, or 100 ms");
	}

	/** It has it once all connections have been opened since it was added. */
	private void aServerThatIsAddedGetsItsShare(ClientHandle<PeerService.Iface> client, int callers,
			ServerProtocol protocol) throws InterruptedException {
		startCallers(client.proxy(), callers);
		Fixture.await(() -> this.servers.stream().allMatch((server) -> server.stats().requests() > 50));
		PeerServer added = server(protocol);
		this.servers.add(added);
		TcpBalancer address = Objects.requireNonNull(this.balancer);
		int connections = client.view().members().get(0).connections();
		int before = address.accepted();
		address.add(added.port());
		Fixture.await(() -> address.accepted() >= before + 2 * connections);
		List<Long> earlier = counts();
		long answered = this.answers.get();
		Fixture.await(() -> this.answers.get() > answered + 2000 && address.accepted() >= before + 4 * connections);
		stopCallers();
		assertThat(this.failures).isEmpty();
		List<Long> later = counts();
		assertThat((later.get(3) - earlier.get(3)) / (double) (sum(later) - sum(earlier))).isBetween(0.1, 0.5);
		// Those that were replaced have gone.
		Fixture.await(() -> connections() <= 16);
	}

	private long connections() {
		return this.servers.stream().mapToLong((server) -> server.stats().connections()).sum();
	}

	private static PeerServer server(ServerProtocol protocol) {
		return PeerServer.start(ThriftMuxServer.builder().protocol(protocol));
	}

	private static long sum(List<Long> counts) {
		return counts.stream().mapToLong(Long::longValue).sum();
	}

	private List<Long> counts() {
		return this.servers.stream().map((server) -> server.stats().requests()).toList();
	}

	/** Nothing is sent a second time: a call that fails is seen. */
	private ClientBuilder<PeerService.Iface> client(String protocol) {
		return ScalesClients.builder(PeerService.Iface.class)
			.name("peer")
			.uri("tcp://127.0.0.1:" + ((this.balancer != null) ? this.balancer.port() : 9090))
			.protocol(protocol)
			.retry(RetrySettings.OFF)
			.maxConnectionAge(AGE)
			.timeout(Duration.ofSeconds(5));
	}

	private void startCallers(PeerService.Iface peer, int count) {
		for (int i = 0; i < count; i++) {
			Thread caller = new Thread(() -> callUntilOver(peer), "caller-" + i);
			caller.start();
			this.callers.add(caller);
		}
	}

	private void stopCallers() throws InterruptedException {
		this.over = true;
		for (Thread caller : this.callers) {
			caller.join(TimeUnit.SECONDS.toMillis(10));
		}
	}

	private void callUntilOver(PeerService.Iface peer) {
		for (int i = 0; !this.over; i++) {
			try {
				assertThat(peer.add(i, 1)).isEqualTo(i + 1);
				this.answers.incrementAndGet();
			}
			catch (Exception | AssertionError ex) {
				this.failures.add(ex);
			}
		}
	}

}
