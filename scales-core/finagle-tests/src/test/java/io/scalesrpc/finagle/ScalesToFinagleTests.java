package io.scalesrpc.finagle;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.Leaf;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Our client calls Finagle's server.
 */
class ScalesToFinagleTests {

	private static FinagleServer server;

	@BeforeAll
	static void start() {
		server = FinagleServer.start();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static ClientBuilder<PeerService.Iface> builder() {
		return ScalesClients.builder(PeerService.Iface.class).name("peer").uri("tcp://" + server.address());
	}

	@Test
	void everyKindOfAnswerArrivesAsWhatItIs() throws TException {
		try (ClientHandle<PeerService.Iface> client = builder().build()) {
			PeerService.Iface peer = client.proxy();
			peer.ping();
			peer.nothing();
			assertThat(peer.echo("grüße")).isEqualTo("grüße");
			assertThat(peer.echo("")).isEmpty();
			assertThat(peer.add(2, 40)).isEqualTo(42);
			assertThat(peer.whoami()).isEqualTo(server.port());
			ByteBuffer bytes = ByteBuffer.wrap("bytes".getBytes(StandardCharsets.UTF_8));
			assertThat(peer.echoBytes(bytes.duplicate())).isEqualTo(bytes);
		}
	}

	@Test
	void structsComeBackAsTheyWent() throws TException {
		Leaf leaf = new Leaf("leaf").setCount(1L << 40).setRatio(-0.5).setFlag(true).setBlob(new byte[] { 0, -1 });
		Big big = new Big().setId(7)
			.setLeaves(IntStream.range(0, 5000).mapToObj((i) -> leaf).toList())
			.setIndex(Map.of("all", List.of(leaf)))
			.setNumbers(Set.of(Long.MIN_VALUE, Long.MAX_VALUE))
			.setMatrix(List.of(List.of(1, 2), List.of()));
		try (ClientHandle<PeerService.Iface> client = builder().build()) {
			assertThat(client.proxy().big(big)).isEqualTo(big);
		}
	}

	@Test
	void declaredExceptionsAreThrownAsThemselvesAndOthersAsRemote() {
		try (ClientHandle<PeerService.Iface> client = builder().build()) {
			assertThatThrownBy(() -> client.proxy().fail(7, "no")).isInstanceOfSatisfying(PeerException.class, (ex) -> {
				assertThat(ex.getCode()).isEqualTo(7);
				assertThat(ex.getMessage()).isEqualTo("no");
			});
			assertThatThrownBy(() -> client.proxy().failUndeclared("boom")).isInstanceOf(RemoteCallException.class)
				.hasMessageContaining("server error: Internal error processing failUndeclared");
		}
	}

	@Test
	void aOnewayCallIsServedAndTheConnectionGoesOn() throws TException {
		try (ClientHandle<PeerService.Iface> client = builder().build()) {
			client.proxy().fire("and forget");
			assertThat(client.proxy().echo("after")).isEqualTo("after");
		}
	}

	@Test
	void aTimeoutInterruptsTheServerAndCostsNoConnection() throws Exception {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		long before = server.stat("handler/interrupts");
		long connects = server.stat("thrift/connects");
		try (ClientHandle<PeerService.Iface> client = builder().timeout(Duration.ofSeconds(5))
			.methodTimeout("sleep", Duration.ofMillis(50))
			.meterRegistry(meters)
			.build()) {
			assertThat(client.proxy().echo("open")).isEqualTo("open");
			for (int i = 0; i < 10; i++) {
				assertThatThrownBy(() -> client.proxy().sleep(60_000)).isInstanceOf(CallTimeoutException.class)
					.hasMessageContaining("[peer]")
					.hasMessageContaining("sleep")
					.hasMessageContaining(Integer.toString(server.port()))
					.hasMessageContaining("50 ms");
			}
			assertThat(client.proxy().echo("still here")).isEqualTo("still here");
			assertThat(server.stat("handler/interrupts") - before).isEqualTo(10);
			assertThat(server.stat("thrift/connects") - connects).isEqualTo(1);
			assertThat(meters.get(MeterNames.DISCARDS).counter().count()).isEqualTo(10);
		}
	}

	@Test
	void aCancelledFutureInterruptsTheServer() throws Exception {
		long before = server.stat("handler/interrupts");
		try (ClientHandle<AsyncPeer> client = ScalesClients.builder(AsyncPeer.class)
			.name("peer")
			.service(PeerService.class)
			.uri("tcp://" + server.address())
			.build()) {
			assertThat(client.proxy().echo("open").get()).isEqualTo("open");
			CompletableFuture<Integer> slow = client.proxy().sleep(60_000);
			// The echo follows the sleep on the same connection, so the server has both.
			assertThat(client.proxy().echo("sent").get()).isEqualTo("sent");
			slow.cancel(false);
			assertThat(client.proxy().echo("discarded").get()).isEqualTo("discarded");
			assertThat(server.stat("handler/interrupts") - before).isEqualTo(1);
		}
	}

	@Test
	void aNackIsRetriedWithinTheBudgetAndThenToldAsNotSent() {
		try (FinagleServer busy = FinagleServer.start();
				ClientHandle<PeerService.Iface> client = builder().uri("tcp://" + busy.address()).build()) {
			busy.mode("nack");
			assertThatThrownBy(() -> client.proxy().echo("x")).isInstanceOf(NotSentException.class)
				.hasMessageContaining("nack");
			// A client that has had no answer yet sends a call twice.
			assertThat(busy.stat("handler/calls")).isEqualTo(2);
			busy.mode("final-nack");
			assertThatThrownBy(() -> client.proxy().echo("x")).hasMessageContaining("never again");
			assertThat(busy.stat("handler/calls")).isEqualTo(3);
			busy.mode("error");
			assertThatThrownBy(() -> client.proxy().echo("x")).isInstanceOf(RemoteCallException.class)
				.hasMessageContaining("broken");
			assertThat(busy.stat("handler/calls")).isEqualTo(4);
		}
	}

	@Test
	void clientIdDeadlineAndAttemptArrive() throws TException {
		try (ClientHandle<PeerService.Iface> client = builder().option("client-id", "shop")
			.timeout(Duration.ofSeconds(2))
			.build()) {
			Map<String, String> contexts = client.proxy().contexts();
			assertThat(contexts).containsEntry("client-id", "shop");
			assertThat(contexts).containsEntry("com.twitter.finagle.Retries", "00000000");
			String deadline = contexts.get("com.twitter.finagle.Deadline");
			long timestamp = Long.parseUnsignedLong(deadline.substring(0, 16), 16);
			long expiry = Long.parseUnsignedLong(deadline.substring(16), 16);
			assertThat(Duration.ofNanos(expiry - timestamp)).isBetween(Duration.ofMillis(1500), Duration.ofSeconds(2));
		}
	}

	@Test
	void largeMessagesGoInPiecesBothWays() throws TException {
		String large = "0123456789abcdef".repeat(60_000);
		try (FinagleServer picky = FinagleServer.start(0, 1000);
				ClientHandle<PeerService.Iface> client = builder().uri("tcp://" + picky.address())
					.option("max-fragment-bytes", "2000")
					.build()) {
			assertThat(client.proxy().echo(large)).isEqualTo(large);
			assertThat(client.proxy().echo("small")).isEqualTo("small");
		}
	}

	@Test
	void aDrainingServerFinishesItsCallsAndGetsItsTrafficBack() throws Exception {
		try (FinagleServer draining = FinagleServer.start();
				ClientHandle<AsyncPeer> client = ScalesClients.builder(AsyncPeer.class)
					.name("peer")
					.service(PeerService.class)
					.uri("tcp://" + draining.address() + "," + server.address())
					.build()) {
			for (int i = 0; i < 4; i++) {
				client.proxy().echo("open").get();
			}
			List<CompletableFuture<Integer>> running = IntStream.range(0, 8)
				.mapToObj((i) -> client.proxy().sleep(400))
				.toList();
			client.proxy().echo("sent").get();
			draining.drain(10_000);
			for (int i = 0; i < 200; i++) {
				assertThat(client.proxy().echo("during").get()).isEqualTo("during");
			}
			for (CompletableFuture<Integer> call : running) {
				assertThat(call.get()).isEqualTo(400);
			}
			draining.awaitClosed();
		}
	}

}
