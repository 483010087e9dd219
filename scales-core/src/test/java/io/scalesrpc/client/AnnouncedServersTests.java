package io.scalesrpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.ZoneSettings;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thriftmux.PeerServer;
import org.apache.curator.test.TestingServer;
import org.apache.thrift.TException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Servers of ours that come and go in a real ZooKeeper, and a client that follows. */
@Sockets
class AnnouncedServersTests {

	private static final int SERVERS = 5;

	private static final int CALLERS = 64;

	private final List<PeerServer> servers = new ArrayList<>();

	private final List<Thread> callers = new ArrayList<>();

	private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	private final LongAdder answers = new LongAdder();

	private volatile boolean over;

	private TestingServer zookeeper;

	@BeforeEach
	void start() throws Exception {
		this.zookeeper = new TestingServer(FreePorts.next(), true);
	}

	@AfterEach
	void stop() throws Exception {
		stopCallers();
		this.servers.forEach((server) -> server.close(Duration.ZERO));
		this.zookeeper.close();
	}

	@Test
	@Tag("soak")
	void replacingOneServerAfterTheOtherFailsNoCall() throws Exception {
		for (int i = 0; i < SERVERS; i++) {
			this.servers.add(announced());
		}
		try (ClientHandle<PeerService.Iface> client = client()) {
			awaitMembers(client, this.servers);
			startCallers(client.proxy());
			for (int i = 0; i < SERVERS; i++) {
				PeerServer old = this.servers.set(i, announced());
				awaitMembers(client, this.servers, old);
				awaitAnswers(1000);
				old.close(Duration.ofSeconds(5));
				awaitMembers(client, this.servers);
				awaitAnswers(1000);
				assertThat(old.stats().active()).isZero();
			}
			stopCallers();
		}
		assertThat(this.failures).isEmpty();
		assertThat(this.servers).allMatch((server) -> server.stats().requests() > 0);
	}

	@Test
	void losingZooKeeperFailsNoCallAndWhatChangesMeanwhileIsAppliedAfter() throws Exception {
		this.servers.add(announced());
		this.servers.add(announced());
		try (ClientHandle<PeerService.Iface> client = client()) {
			awaitMembers(client, this.servers);
			startCallers(client.proxy());
			awaitAnswers(1000);
			this.zookeeper.stop();
			PeerServer old = this.servers.remove(0);
			old.close(Duration.ofSeconds(5));
			this.servers.add(announced());
			awaitAnswers(1000);
			assertThat(client.view().members()).hasSize(2);
			this.zookeeper.restart();
			// Nobody could be told that it left; its session has yet to expire.
			awaitMembers(client, this.servers, old);
			awaitAnswers(1000);
			stopCallers();
		}
		assertThat(this.failures).isEmpty();
		assertThat(this.servers).allMatch((server) -> server.stats().requests() > 0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "zk", "curator" })
	void callsStayInTheirZoneWhileItHasServers(String scheme) {
		String uri = uri().replace("zk:", scheme + ":");
		PeerServer here = announced(uri, "a");
		PeerServer there = announced(uri, "b");
		BalancerSettings balancer = BalancerSettings.of(BalancerType.APERTURE).withZone(ZoneSettings.of("a"));
		try (ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
			.uri(uri)
			.timeout(Duration.ofSeconds(10))
			.balancer(balancer)
			.build()) {
			awaitMembers(client, this.servers);
			add(client.proxy());
			assertThat(List.of(here.stats().requests(), there.stats().requests())).containsExactly(20L, 0L);
			// The other one may be connected: the list may have had it alone at first.
			assertThat(client.view().members()).extracting(MemberView::zone).containsExactlyInAnyOrder("a", "b");
			here.close(Duration.ofSeconds(5));
			awaitMembers(client, List.of(there));
			add(client.proxy());
			PeerServer next = announced(uri, "a");
			awaitMembers(client, List.of(next, there));
			Fixture.await(() -> {
				long before = there.stats().requests();
				add(client.proxy());
				return there.stats().requests() == before;
			});
			assertThat(next.stats().requests()).isGreaterThanOrEqualTo(20);
		}
	}

	private static void add(PeerService.Iface peer) {
		for (int i = 0; i < 20; i++) {
			try {
				assertThat(peer.add(i, 1)).isEqualTo(i + 1);
			}
			catch (TException ex) {
				throw new AssertionError(ex);
			}
		}
	}

	private PeerServer announced(String uri, String zone) {
		PeerServer server = PeerServer
			.start(ThriftMuxServer.builder().announce(uri).announceZone(zone).leaveDelay(Duration.ofMillis(300)));
		this.servers.add(server);
		return server;
	}

	private PeerServer announced() {
		return PeerServer.start(ThriftMuxServer.builder().announce(uri()).leaveDelay(Duration.ofMillis(300)));
	}

	private ClientHandle<PeerService.Iface> client() {
		return ScalesClients.builder(PeerService.Iface.class)
			.name("peer")
			.uri(uri())
			.timeout(Duration.ofSeconds(5))
			.build();
	}

	private String uri() {
		return "zk://" + this.zookeeper.getConnectString() + "/services/peer";
	}

	private void startCallers(PeerService.Iface peer) {
		for (int i = 0; i < CALLERS; i++) {
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
				if (i % 20 == 0) {
					peer.sleep(20);
				}
				this.answers.increment();
			}
			catch (Exception | AssertionError ex) {
				this.failures.add(ex);
			}
		}
	}

	private void awaitAnswers(int more) {
		long before = this.answers.sum();
		Fixture.await(() -> this.answers.sum() > before + more || !this.failures.isEmpty());
	}

	private static void awaitMembers(ClientHandle<?> client, List<PeerServer> servers, PeerServer... others) {
		List<String> expected = new ArrayList<>();
		servers.forEach((server) -> expected.add("127.0.0.1:" + server.port()));
		List.of(others).forEach((server) -> expected.add("127.0.0.1:" + server.port()));
		expected.sort(null);
		Fixture
			.await(() -> client.view().members().stream().map(MemberView::address).sorted().toList().equals(expected));
	}

}
