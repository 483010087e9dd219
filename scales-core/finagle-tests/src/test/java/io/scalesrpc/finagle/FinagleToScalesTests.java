package io.scalesrpc.finagle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.thriftmux.PeerServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Finagle's client calls our server.
 */
class FinagleToScalesTests {

	private static PeerServer server;

	private static FinagleClient client;

	@BeforeAll
	static void start() {
		server = PeerServer.start();
		client = FinagleClient.of(server.port());
	}

	@AfterAll
	static void stop() {
		client.close();
		server.close();
	}

	@Test
	void everyKindOfAnswerArrivesAsWhatItIs() {
		assertThat(client.call("echo hello")).isEqualTo("OK hello");
		assertThat(client.call("add 2 40")).isEqualTo("OK 42");
		assertThat(client.call("ping")).isEqualTo("OK void");
		assertThat(client.call("nothing")).isEqualTo("OK void");
		assertThat(client.call("fail no")).isEqualTo("ERROR PeerException 7 no");
		assertThat(client.call("undeclared boom")).startsWith("ERROR")
			.contains("TApplicationException")
			.contains("failUndeclared");
		assertThat(client.call("big 3000")).isEqualTo("OK true");
	}

	@Test
	void largeMessagesGoInPieces() {
		try (PeerServer picky = PeerServer.start(ThriftMuxServer.builder().port(0).maxFragmentBytes(1000));
				FinagleClient other = FinagleClient.of(picky.port())) {
			assertThat(other.call("large 1000000")).isEqualTo("OK true");
		}
	}

	@Test
	void clientIdDeadlineAndRetriesArrive() {
		assertThat(client.call("contexts")).contains("com.twitter.finagle.Deadline=")
			.contains("com.twitter.finagle.Retries=00000000")
			.contains("com.twitter.finagle.thrift.ClientIdContext=");
	}

	@Test
	void aTimeoutIsADiscardAndTheConnectionGoesOn() {
		try (PeerServer slow = PeerServer.start(); FinagleClient hasty = FinagleClient.of(slow.port(), 1500)) {
			assertThat(hasty.call("echo open")).isEqualTo("OK open");
			assertThat(hasty.call("sleep 60000")).contains("Timeout");
			assertThat(hasty.call("echo after")).isEqualTo("OK after");
			assertThat(slow.stats().discards()).isEqualTo(1);
			assertThat(slow.stats().connections()).isEqualTo(1);
		}
	}

	@Test
	void aServerOverItsLimitIsToldAsRejected() {
		try (PeerServer small = PeerServer.start(ThriftMuxServer.builder().port(0).maxConcurrentCalls(1));
				FinagleClient first = FinagleClient.of(small.port());
				FinagleClient second = FinagleClient.of(small.port())) {
			assertThat(first.call("echo open")).isEqualTo("OK open");
			assertThat(second.call("echo open")).isEqualTo("OK open");
			first.start("sleep 2000");
			small.awaitSleep();
			assertThat(second.call("echo x")).startsWith("ERROR").contains("Nacked by the server");
			assertThat(small.stats().nacks()).isPositive();
			assertThat(first.result()).isEqualTo("OK 2000");
		}
	}

	@Test
	void aDrainingServerFinishesItsCalls() {
		try (PeerServer draining = PeerServer.start(); FinagleClient caller = FinagleClient.of(draining.port())) {
			assertThat(caller.call("echo open")).isEqualTo("OK open");
			caller.start("sleep 500");
			draining.awaitSleep();
			CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> draining.close(Duration.ofSeconds(10)));
			assertThat(caller.result()).isEqualTo("OK 500");
			closing.join();
		}
	}

	@Test
	void manyCallsAtATimeAllComeBackAsTheirOwn() {
		assertThat(client.call("load 20000 64")).startsWith("OK {\"ok\":20000,\"failed\":{},");
	}

}
