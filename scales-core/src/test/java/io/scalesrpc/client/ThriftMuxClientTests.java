package io.scalesrpc.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.testing.FreePorts;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The whole stack on sockets, against servers that do not answer. */
class ThriftMuxClientTests {

	@Test
	void aCallThatNobodyTakesInTimeNamesTheMemberAndSaysWhy() throws IOException {
		int port = FreePorts.next();
		try (ClientHandle<Calculator.Iface> handle = ScalesClients.builder(Calculator.Iface.class)
			.name("calculator")
			.uri("tcp://127.0.0.1:" + port)
			.timeout(Duration.ofMillis(300))
			.build()) {
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> handle.proxy().ping())
				.withMessageStartingWith(
						"[calculator] Calculator.ping: none of 1 members could be reached in time: 127.0.0.1:" + port
								+ " is down: cannot connect: ");
			assertThat(handle.view().members()).extracting(MemberView::state).containsExactly(SinkState.CLOSED);
		}
	}

	@Test
	void aServerThatNeverAnswersCostsTheTimeout() throws IOException {
		try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				ClientHandle<AsyncCalculator> handle = ScalesClients.builder(AsyncCalculator.class)
					.uri("tcp://127.0.0.1:" + silent.getLocalPort())
					.service(Calculator.class)
					.timeout(Duration.ofMillis(30))
					.build()) {
			assertThatExceptionOfType(CompletionException.class).isThrownBy(handle.proxy().ping()::join)
				.havingCause()
				.isInstanceOf(CallTimeoutException.class)
				.withMessageContaining(
						"no answer within 30 ms; 127.0.0.1:" + silent.getLocalPort() + ": opening (member ")
				.withMessageContaining(", attempts 1, ");
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
