package io.scalesrpc.finagle;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Finagle's client calls Finagle's server: what the other tests take for granted of the
 * peers, and the behaviour that Scales is compared with.
 */
class FinagleSelfTests {

	private static FinagleServer server;

	private static FinagleClient client;

	@BeforeAll
	static void start() {
		server = FinagleServer.start();
		client = FinagleClient.of(server.port());
	}

	@AfterAll
	static void stop() {
		client.close();
		server.close();
	}

	@BeforeEach
	void theConnectionIsOpen() {
		assertThat(client.call("echo open")).isEqualTo("OK open");
	}

	@Test
	void everyKindOfAnswerArrivesAsWhatItIs() {
		assertThat(client.call("add 2 40")).isEqualTo("OK 42");
		assertThat(client.call("ping")).isEqualTo("OK void");
		assertThat(client.call("nothing")).isEqualTo("OK void");
		assertThat(client.call("sleep 1")).isEqualTo("OK 1");
		assertThat(client.call("whoami")).isEqualTo("OK " + server.port());
		assertThat(client.call("large 1000000")).isEqualTo("OK true");
		assertThat(client.call("big 3000")).isEqualTo("OK true");
		assertThat(client.call("fail no")).isEqualTo("ERROR PeerException 7 no");
		assertThat(client.call("undeclared boom")).isEqualTo("ERROR org.apache.thrift.TApplicationException: Internal"
				+ " error processing failUndeclared: 'java.lang.IllegalStateException: boom'");
	}

	/** Finagle's client refuses messages of the type for that. */
	@Test
	void aOnewayCallOfScroogesClassesIsACallWhoseReplyNobodyReads() {
		assertThat(client.call("fire gone")).isEqualTo("OK void");
		assertThat(server.command("fired")).isEqualTo("gone");
	}

	@Test
	void theServerSeesWhoCallsAndForHowLong() {
		assertThat(client.call("contexts")).contains("client-id=finagle-peer")
			.containsPattern("deadline-remaining-ms=\\d+")
			.containsPattern("trace-id=[0-9a-f]{16}")
			.contains("retries=0");
	}

	@Test
	void aTimeoutIsADiscardAndTheConnectionGoesOn() {
		Map<String, Long> before = server.stats();
		assertThat(client.call("timeout 20 sleep 60000")).startsWith("ERROR").contains("TimeoutException");
		assertThat(client.call("echo after")).isEqualTo("OK after");
		assertThat(server.stat("handler/interrupts") - before.get("handler/interrupts")).isEqualTo(1);
		assertThat(server.stat("thrift/connects")).isEqualTo(before.get("thrift/connects"));
	}

	@Test
	void delayedAnswersComeLate() {
		server.delay("whoami", 300, 300, 1);
		assertThat(client.call("timeout 50 whoami")).contains("TimeoutException");
		server.delay("whoami", 0, 0, 1);
		assertThat(client.call("whoami")).isEqualTo("OK " + server.port());
	}

	@Test
	void manyCallsAtATimeAllComeBackAsTheirOwn() {
		assertThat(client.call("load 20000 64")).startsWith("OK {\"ok\":20000,\"failed\":{},\"elapsedMillis\":");
		assertThat(client.stat("peer/requests")).isGreaterThanOrEqualTo(20_000);
	}

	@Test
	void aRejectedCallIsSentAgainUnlessItMustNot() {
		try (FinagleServer busy = FinagleServer.start(); FinagleClient caller = FinagleClient.of(busy.port())) {
			busy.mode("final-nack");
			assertThat(caller.call("echo x")).startsWith("ERROR");
			assertThat(busy.stat("handler/calls")).isEqualTo(1);
			busy.mode("error");
			assertThat(caller.call("echo x")).startsWith("ERROR").contains("broken");
			assertThat(busy.stat("handler/calls")).isEqualTo(2);
			busy.mode("nack");
			assertThat(caller.call("echo x")).startsWith("ERROR").contains("Nacked by the server");
			assertThat(busy.stat("handler/calls")).isEqualTo(7);
			assertThat(caller.call("load 1 1")).startsWith("OK {\"ok\":0,\"failed\":{");
		}
	}

	@Test
	void aDrainingServerFinishesItsCallsAndServesAgainOnTheSamePort() {
		try (FinagleServer draining = FinagleServer.start(); FinagleClient caller = FinagleClient.of(draining.port())) {
			assertThat(caller.call("echo open")).isEqualTo("OK open");
			caller.start("sleep 500");
			draining.awaitDelayed();
			draining.drain(10_000);
			assertThat(caller.result()).isEqualTo("OK 500");
			draining.awaitClosed();
			assertThat(caller.stat("peer/mux/drained")).isEqualTo(1);
			draining.reopen();
			assertThat(caller.call("whoami")).isEqualTo("OK " + draining.port());
		}
	}

	@Test
	void aCrashedServerIsReplacedByAnotherOnTheSamePort() {
		try (FinagleServer crashed = FinagleServer.start(); FinagleClient caller = FinagleClient.of(crashed.port())) {
			assertThat(caller.call("echo open")).isEqualTo("OK open");
			crashed.kill();
			assertThat(caller.call("echo lost")).startsWith("ERROR");
			try (FinagleServer next = FinagleServer.start(crashed.port(), Integer.MAX_VALUE)) {
				assertThat(next.port()).isEqualTo(crashed.port());
				assertThat(caller.call("load 100 4")).contains("\"failed\":{}");
			}
		}
	}

	@Test
	void aServerThatCannotStartSaysWhy() {
		assertThatThrownBy(() -> FinagleServer.start(server.port(), Integer.MAX_VALUE))
			.isInstanceOf(IllegalStateException.class)
			.hasMessageContaining("FinagleServerMain " + server.port())
			.hasMessageContaining("BindException");
	}

}
