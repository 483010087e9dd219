package io.scalesrpc.thriftmux;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.EchoClient;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thriftmux.HostileServer.Frame;
import io.scalesrpc.thriftmux.HostileServer.Peer;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The whole client against servers that do not answer, do not read, or are old: what one
 * connection holds is limited.
 */
@Sockets
class ThriftMuxLimitTests {

	private static final int TDISPATCH = 2;

	private static final int RDISPATCH = -2;

	private static final int RERR_OLD = 127;

	private static final int CALLS = 1000;

	private static final int MAX_PENDING = 100;

	private static final int MAX_OWED = 10;

	@Test
	void aServerThatNeverAnswersHoldsNoMoreCallsThanTheLimit() throws Exception {
		TransportLimits limits = new TransportLimits(65_536, MAX_PENDING, 1 << 20, 4096);
		try (HostileServer silent = new HostileServer(ThriftMuxLimitTests::answerNobody);
				ClientHandle<EchoClient> client = client(silent).limits(limits).build()) {
			List<Throwable> failures = failuresOf(client.proxy(), CALLS, "text");
			// Whoever comes late may get the place of one that was given up.
			assertThat(failures).hasSize(CALLS)
				.filteredOn(CallTimeoutException.class::isInstance)
				.hasSizeBetween(MAX_PENDING, MAX_PENDING + MAX_PENDING / 10);
			assertThat(failures).filteredOn((ex) -> !(ex instanceof CallTimeoutException))
				.allSatisfy((ex) -> assertThat(ex).isInstanceOf(NotSentException.class)
					.hasMessageContaining("calls pending on the connection: 100 (expected: < 100)"));
		}
	}

	@Test
	void aServerThatNeverReadsHoldsNoMoreBytesThanTheLimit() throws Exception {
		TransportLimits limits = new TransportLimits(65_536, 16_384, 1 << 20, 4096);
		try (HostileServer deaf = new HostileServer(ThriftMuxLimitTests::readNothing);
				ClientHandle<EchoClient> client = client(deaf).limits(limits).build()) {
			List<Throwable> failures = failuresOf(client.proxy(), CALLS, "x".repeat(60_000));
			// The kernel takes some megabytes, too.
			assertThat(failures).hasSize(CALLS)
				.filteredOn(NotSentException.class::isInstance)
				.hasSizeGreaterThan(CALLS / 2)
				.allSatisfy((ex) -> assertThat(ex).hasMessageContaining("bytes queued for a slow reader: ")
					.hasMessageContaining(" (expected: <= 1048576)"));
		}
	}

	@Test
	void aConnectionThatOwesTooManyTagsIsReplaced() throws Exception {
		TransportLimits limits = new TransportLimits(65_536, 1000, 1 << 20, MAX_OWED);
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		try (HostileServer server = new HostileServer(ThriftMuxLimitTests::answerFromTheSecondConnectionOn);
				ClientHandle<EchoClient> client = client(server).limits(limits)
					.timeout(Duration.ofMillis(500))
					.meterRegistry(meters)
					.build()) {
			assertThat(failuresOf(client.proxy(), 2 * MAX_OWED, "text")).hasSize(2 * MAX_OWED)
				.allMatch(CallTimeoutException.class::isInstance);
			Eventually.await("no owed tags", () -> meters.get(MeterNames.OWED_TAGS).gauge().value() == 0);
			assertThat(client.proxy().echo("again")).isEqualTo("again");
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void aServerThatKnowsNoTinitIsSpokenTo() throws Exception {
		try (HostileServer old = new HostileServer(ThriftMuxLimitTests::refuseTheMarker);
				ClientHandle<EchoClient> client = client(old).build()) {
			assertThat(client.proxy().echo("hello")).isEqualTo("hello");
			assertThat(old.accepted()).isOne();
		}
	}

	private static ClientBuilder<EchoClient> client(HostileServer server) {
		return ScalesClients.builder(EchoClient.class)
			.service(PeerService.class)
			.uri("tcp://127.0.0.1:" + server.port())
			.timeout(Duration.ofSeconds(2))
			.closeGrace(Duration.ZERO);
	}

	private static List<Throwable> failuresOf(EchoClient client, int times, String text) {
		List<CompletableFuture<Throwable>> failures = new ArrayList<>();
		for (int i = 0; i < times; i++) {
			failures.add(client.echoAsync(text)
				.handle((answer, ex) -> (ex != null) ? ex : new AssertionError("an answer: " + answer)));
		}
		return failures.stream().map(CompletableFuture::join).toList();
	}

	private static void answerNobody(Peer peer) throws IOException {
		peer.handshake();
		while (true) {
			peer.next();
		}
	}

	private static void readNothing(Peer peer) throws IOException {
		peer.handshake();
		peer.untilClosed();
	}

	private static void answerFromTheSecondConnectionOn(Peer peer) throws IOException {
		if (peer.number() == 0) {
			answerNobody(peer);
		}
		peer.handshake();
		answerAll(peer);
	}

	private static void refuseTheMarker(Peer peer) throws IOException {
		byte[] why = "Unexpected mux message type 127".getBytes(StandardCharsets.UTF_8);
		peer.send(RERR_OLD, peer.read().tag(), why);
		answerAll(peer);
	}

	private static void answerAll(Peer peer) throws IOException {
		while (true) {
			Frame frame = peer.next();
			if (frame.type() == TDISPATCH) {
				peer.send(RDISPATCH, frame.tag(), frame.request().reply());
			}
		}
	}

}
