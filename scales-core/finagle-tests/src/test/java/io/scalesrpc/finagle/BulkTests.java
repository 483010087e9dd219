package io.scalesrpc.finagle;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.thriftmux.PeerServer;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Requests and replies of 1 MiB, 32 at a time on one connection, in pieces where the
 * other side asks for them. Two seconds each; {@code -Dscales.bulk.seconds=30} for more.
 */
@Tag("soak")
class BulkTests {

	private static final int BYTES = 1024 * 1024;

	private static final int CONCURRENCY = 32;

	private static final Duration DURATION = Duration.ofSeconds(Long.getLong("scales.bulk.seconds", 2));

	private final Set<String> failures = ConcurrentHashMap.newKeySet();

	private final AtomicLong answered = new AtomicLong();

	@Test
	void finaglesClientIsAnsweredByOurServer() {
		try (PeerServer server = PeerServer.start();
				PeerProcess client = PeerProcess
					.start(PeerCommand.measured("FinagleClientMain", List.of("localhost:" + server.port(), "20000")))) {
			client.line();
			String result = client.ask("bulk " + BYTES + " " + CONCURRENCY + " 1000000 " + DURATION.toMillis());
			System.out.println("1 MiB, 32 at a time, Finagle's client, our server: " + result);
			assertThat(result).startsWith("OK ").contains("\"failed\":{}");
			assertThat(server.stats().nacks()).isZero();
		}
	}

	@Test
	void ourClientIsAnsweredByFinaglesServer() {
		try (PeerProcess server = PeerProcess
			.start(PeerCommand.measured("FinagleServerMain", List.of("0", Integer.toString(Integer.MAX_VALUE))))) {
			load("Finagle's server", Integer.parseInt(server.line()));
		}
	}

	@Test
	void ourClientIsAnsweredByOurServer() {
		try (PeerServer server = PeerServer.start()) {
			load("our server", server.port());
		}
	}

	private void load(String whose, int port) {
		ClientBuilder<AsyncPeer> builder = ScalesClients.builder(AsyncPeer.class)
			.name("bulk")
			.service(PeerService.class)
			.uri("tcp://localhost:" + port)
			.timeout(Duration.ofSeconds(20));
		try (ClientHandle<AsyncPeer> client = builder.build()) {
			long end = System.nanoTime() + DURATION.toNanos();
			List<CompletableFuture<Void>> loops = IntStream.range(0, CONCURRENCY)
				.mapToObj((number) -> loop(client.proxy(), (char) ('a' + number), end))
				.toList();
			loops.forEach(CompletableFuture::join);
		}
		System.out.println("1 MiB, 32 at a time, our client, " + whose + ": " + this.answered + " in "
				+ DURATION.toSeconds() + " s, failures " + this.failures);
		assertThat(this.failures).isEmpty();
		assertThat(this.answered.get()).isGreaterThanOrEqualTo(2 * CONCURRENCY);
	}

	private CompletableFuture<Void> loop(AsyncPeer peer, char own, long end) {
		String text = String.valueOf(own).repeat(BYTES);
		return CompletableFuture.runAsync(() -> {
			// Twice at least, however slow the machine is.
			for (int i = 0; i < 2 || System.nanoTime() < end; i++) {
				echo(peer, text);
			}
		}, (task) -> new Thread(task, "bulk-" + own).start());
	}

	private void echo(AsyncPeer peer, String text) {
		try {
			if (!peer.echo(text).join().equals(text)) {
				this.failures.add("the answer of another call");
			}
			this.answered.incrementAndGet();
		}
		catch (RuntimeException ex) {
			this.failures.add(String.valueOf(ex.getMessage()).replaceAll("[0-9]+", "N"));
		}
	}

}
