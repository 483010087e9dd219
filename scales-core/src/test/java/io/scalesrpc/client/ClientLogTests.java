package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.breaker.MemberBreakerSettings;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakers;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.log.LogLines;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thriftmux.PeerServer;
import org.apache.thrift.TException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a client logs, by a logger of its own. */
@Sockets
class ClientLogTests {

	private final Fixture fixture = new Fixture();

	private final LogLines log = LogLines.of("calculator");

	@AfterEach
	void close() {
		this.fixture.close();
		this.log.close();
	}

	private List<String> lines() {
		return this.log.lines();
	}

	private List<String> keys(int line) {
		return this.log.keys(line);
	}

	private static void join(CompletableFuture<?> future) {
		future.exceptionally((ex) -> null).join();
	}

	@Test
	void oneLineSaysWhatWasMade() {
		this.fixture.builder.timeout(Duration.ofMillis(500));
		this.fixture.build();
		assertThat(lines()).containsExactly("INFO [calculator] client of tcp://127.0.0.1:9090 by fake, timeout 500 ms,"
				+ " balancer aperture, attempts up to 3");
		assertThat(keys(0)).containsExactly("scales.client=calculator");
	}

	@Test
	void aMemberThatIsTakenOutAndComesBackIsTold() {
		this.fixture.builder.callOption(RetrySettings.KEY, RetrySettings.OFF)
			.memberBreaker(MemberBreakerSettings.DEFAULT.withConsecutiveFailures(1));
		this.fixture.protocol.answering((call) -> call.end((this.fixture.protocol.calls().size() > 1) ? Reply.of(3)
				: Failure.of(FailureKind.REMOTE, "overloaded")));
		Sums client = this.fixture.client();
		join(client.addAsync(1, 2));
		this.fixture.time.advance(Duration.ofSeconds(30));
		join(client.addAsync(1, 2));
		assertThat(lines()).hasSize(3)
			.contains(
					"WARN [calculator] member 127.0.0.1:9090 is left alone: 1 failures in a row, the last: overloaded",
					"INFO [calculator] member 127.0.0.1:9090 is back: it answered");
		assertThat(keys(1)).contains("scales.member=127.0.0.1:9090");
	}

	@Test
	void aCircuitBreakerThatFlapsIsToldTenTimesAndThenHowOftenItWasNot() {
		this.fixture.builder.callOption(CircuitBreakerSettings.KEY, CircuitBreakerSettings.DEFAULT.withFailMax(1))
			.callOption(RetrySettings.KEY, RetrySettings.OFF);
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.REMOTE, "overloaded")));
		ClientHandle<Sums> handle = this.fixture.build();
		for (int i = 0; i < 15; i++) {
			join(handle.proxy().addAsync(1, 2));
			handle.circuitBreakers().set(CircuitBreakers.ALL, CircuitState.CLOSED, "tests");
		}
		assertThat(lines()).filteredOn((line) -> line.contains("closed -> open")).hasSize(10);
		assertThat(lines()).filteredOn((line) -> line.contains("set by tests")).hasSize(15);
		this.fixture.time.advance(Duration.ofSeconds(10));
		join(handle.proxy().addAsync(1, 2));
		assertThat(lines()).last().asString().endsWith("(5 lines like this one were left out)");
	}

	@Test
	void thatEveryMemberIsDownIsToldOnceAndThatOneAnswersAgain() throws TException {
		PeerServer server = PeerServer.start();
		int port = server.port();
		try (ClientHandle<PeerService.Iface> client = ScalesClients.builder(PeerService.Iface.class)
			.name("calculator")
			.uri("tcp://127.0.0.1:" + port)
			.methodTimeout("ping", Duration.ofMillis(100))
			.build()) {
			client.proxy().echo("up");
			server.close();
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().ping());
			}
			assertThat(lines()).hasSize(2)
				.last()
				.asString()
				.startsWith("WARN [calculator] none of 1 members can be reached, calls wait: ");
			try (PeerServer again = PeerServer.start(ThriftMuxServer.builder().port(port))) {
				assertThat(again.port()).isEqualTo(port);
				client.proxy().echo("up");
				client.proxy().echo("still");
				assertThat(lines()).hasSize(3)
					.last()
					.asString()
					.startsWith("INFO [calculator] members answer again, after ");
			}
		}
	}

}
