package io.scalesrpc.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.EventLoops;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The whole stack on sockets, against servers that do not answer. */
@Sockets
class ThriftMuxClientTests {

	private static final Duration SOON = Duration.ofSeconds(10);

	private final FakeTime time = new FakeTime();

	private final ClientResources resources = new ClientResources(EventLoops.create("scales-io", 1), this.time,
			this.time, Executors.newCachedThreadPool());

	@AfterEach
	void close() {
		this.resources.close();
	}

	private ClientBuilder<AsyncCalculator> client(int port) {
		return ScalesClients.builder(AsyncCalculator.class)
			.name("calculator")
			.service(Calculator.class)
			.uri("tcp://127.0.0.1:" + port)
			.resources(this.resources)
			.connectTimeout(Duration.ofSeconds(5))
			.closeGrace(Duration.ZERO)
			.timeout(Duration.ofMillis(300));
	}

	@Test
	void aCallThatNobodyTakesInTimeNamesTheMemberAndSaysWhy() {
		int port = FreePorts.next();
		try (ClientHandle<AsyncCalculator> handle = client(port).build()) {
			CompletableFuture<Void> first = handle.proxy().ping();
			Fixture.await(() -> handle.view().members().get(0).state() == SinkState.CLOSED);
			// The first may still be on its way back from the member; this one waits.
			CompletableFuture<Void> future = handle.proxy().ping();
			this.time.advance(Duration.ofMillis(300));
			assertThat(first).failsWithin(SOON);
			assertThat(future).failsWithin(SOON)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(NotSentException.class)
				.withMessageStartingWith(
						"[calculator] Calculator.ping: none of 1 members could be reached in time: 127.0.0.1:" + port
								+ " is down: cannot connect: ");
		}
	}

	@Test
	@SuppressWarnings("try")
	void aServerThatNeverAnswersCostsTheTimeout() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				ClientHandle<AsyncCalculator> handle = client(silent.getLocalPort()).build()) {
			CompletableFuture<Void> future = handle.proxy().ping();
			Fixture.await(() -> handle.view().members().get(0).load() == 1);
			this.time.advance(Duration.ofMillis(300));
			assertThat(future).failsWithin(SOON)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(NotSentException.class)
				.withMessageContaining(
						"no connection to 127.0.0.1:" + silent.getLocalPort() + " in time: opening (member ")
				.withMessageContaining(", attempts 1, ");
			// Nobody waits for the connection then.
			silent.close();
		}
	}

	@Test
	void closingEndsACallThatWaitsForItsConnection() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				ClientHandle<AsyncCalculator> handle = ScalesClients.builder(AsyncCalculator.class)
					.uri("tcp://127.0.0.1:" + silent.getLocalPort())
					.service(Calculator.class)
					.build()) {
			CompletableFuture<Void> future = handle.proxy().ping();
			handle.close(Duration.ZERO).toCompletableFuture().join();
			assertThat(future).isCompletedExceptionally();
		}
	}

	/** The first call starts threads, and what starts them may wait for them. */
	@Test
	void theFirstCallOverFreshResourcesKeepsTheInterruptOfItsCaller() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				ClientHandle<AsyncCalculator> handle = ScalesClients.builder(AsyncCalculator.class)
					.uri("tcp://localhost:" + silent.getLocalPort())
					.service(Calculator.class)
					.closeGrace(Duration.ZERO)
					.build()) {
			Thread.currentThread().interrupt();
			CompletableFuture<Void> future = handle.proxy().ping();
			assertThat(Thread.interrupted()).isTrue();
			assertThat(future).isNotDone();
		}
	}

	@Test
	void anOptionTheProtocolDoesNotKnowFailsTheBuild() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(Calculator.Iface.class)
				.uri("tcp://127.0.0.1:9090")
				.option("no-such-option", "1")
				.build())
			.withMessageContaining("no-such-option");
	}

	/** A free-form interface. */
	interface AsyncCalculator {

		CompletableFuture<Void> ping();

	}

}
