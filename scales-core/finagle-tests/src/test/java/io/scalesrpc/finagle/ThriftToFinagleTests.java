package io.scalesrpc.finagle;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import org.apache.thrift.TException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Our client of plain Thrift calls Finagle's Thrift server.
 */
class ThriftToFinagleTests {

	private static FinagleServer server;

	@BeforeAll
	static void start() {
		server = FinagleServer.startThrift();
	}

	@AfterAll
	static void stop() {
		server.close();
	}

	private static <T> ClientBuilder<T> client(Class<T> type) {
		return ScalesClients.builder(type)
			.name("peer")
			.service(PeerService.class)
			.protocol("thrift")
			.uri("tcp://" + server.address());
	}

	@Test
	void answersAndExceptionsArriveAsWhatTheyAre() throws TException {
		try (ClientHandle<PeerService.Iface> client = client(PeerService.Iface.class).build()) {
			PeerService.Iface peer = client.proxy();
			peer.ping();
			assertThat(peer.echo("grüße")).isEqualTo("grüße");
			assertThat(peer.whoami()).isEqualTo(server.port());
			assertThatThrownBy(() -> peer.fail(7, "no")).isInstanceOfSatisfying(PeerException.class,
					(ex) -> assertThat(ex.getCode()).isEqualTo(7));
			assertThatThrownBy(() -> peer.failUndeclared("boom")).isInstanceOf(RemoteCallException.class)
				.hasMessageContaining("Internal error processing failUndeclared");
			assertThat(peer.echo("after")).isEqualTo("after");
		}
	}

	@Test
	void aOnewayCallIsServedAndTheConnectionGoesOn() throws TException {
		long connects = server.stat("connects");
		try (ClientHandle<PeerService.Iface> client = client(PeerService.Iface.class).build()) {
			for (int i = 0; i < 20; i++) {
				client.proxy().fire("number " + i);
				assertThat(client.proxy().echo("after " + i)).isEqualTo("after " + i);
			}
			assertThat(server.command("fired")).isEqualTo("number 19");
			assertThat(server.stat("connects") - connects).isEqualTo(1);
		}
	}

	@Test
	void theCallAfterATimeoutGetsItsOwnAnswer() throws TException {
		try (ClientHandle<PeerService.Iface> client = client(PeerService.Iface.class)
			.methodTimeout("sleep", Duration.ofMillis(50))
			.build()) {
			for (int i = 0; i < 10; i++) {
				String text = "after " + i;
				assertThatThrownBy(() -> client.proxy().sleep(60_000)).isInstanceOf(CallTimeoutException.class);
				assertThat(client.proxy().echo(text)).isEqualTo(text);
			}
		}
	}

	@Test
	void manyCallsAtATimeGetTheirOwnAnswers() {
		long connects = server.stat("connects");
		try (ClientHandle<AsyncPeer> client = client(AsyncPeer.class).timeout(Duration.ofSeconds(30)).build()) {
			ManyCalls<Boolean> calls = ManyCalls.run(10_000, 64,
					(number) -> client.proxy().echo("number " + number).thenApply(("number " + number)::equals));
			assertThat(calls.failures()).isEmpty();
			assertThat(calls.answers()).hasSize(10_000).containsOnly(true);
			assertThat(server.stat("connects") - connects).isBetween(1L, 64L);
		}
	}

	@Test
	void plainThriftCarriesNoContexts() throws TException {
		try (ClientHandle<PeerService.Iface> client = client(PeerService.Iface.class).build()) {
			Map<String, String> contexts = client.proxy().contexts();
			assertThat(contexts).doesNotContainKeys("client-id", "com.twitter.finagle.Deadline");
		}
	}

	@Test
	void afterAnUpgradeTheServerKnowsWhoCallsUntilWhenAndWhereTo() throws TException {
		try (ClientHandle<PeerService.Iface> client = client(PeerService.Iface.class).option("upgrade", "true")
			.option("client-id", "shop")
			.option("dtab", "/s => /srv/local")
			.option("dst", "/s/peer")
			.timeout(Duration.ofSeconds(2))
			.build()) {
			Map<String, String> first = client.proxy().contexts();
			assertThat(first).containsEntry("client-id", "shop")
				.containsEntry("retries", "0")
				.containsEntry("dtab", "/s=>/srv/local");
			assertThat(Integer.parseInt(first.get("deadline-remaining-ms"))).isBetween(500, 2000);
			assertThat(client.proxy().contexts().get("trace-id")).isNotEqualTo(first.get("trace-id"))
				.isNotEqualTo("0000000000000000");
		}
	}

	@Test
	void anUpgradedConnectionServesEveryKindOfCall() throws TException {
		long connects = server.stat("connects");
		try (ClientHandle<PeerService.Iface> client = client(PeerService.Iface.class).option("upgrade", "true")
			.methodTimeout("sleep", Duration.ofMillis(50))
			.build()) {
			PeerService.Iface peer = client.proxy();
			for (int i = 0; i < 20; i++) {
				peer.fire("upgraded " + i);
				assertThat(peer.echo("after " + i)).isEqualTo("after " + i);
			}
			assertThat(server.command("fired")).isEqualTo("upgraded 19");
			assertThatThrownBy(() -> peer.fail(7, "no")).isInstanceOf(PeerException.class);
			assertThatThrownBy(() -> peer.failUndeclared("boom")).isInstanceOf(RemoteCallException.class);
			assertThat(server.stat("connects") - connects).isEqualTo(1);
			assertThatThrownBy(() -> peer.sleep(60_000)).isInstanceOf(CallTimeoutException.class);
			assertThat(peer.echo("on another connection")).isEqualTo("on another connection");
		}
	}

}
