package io.scalesrpc.finagle;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.test.peer.PeerService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The promises that only many calls can break, against Finagle's servers.
 */
@Tag("soak")
class UnderLoadTests {

	private static ClientBuilder<AsyncPeer> builder(List<FinagleServer> servers) {
		return ScalesClients.builder(AsyncPeer.class)
			.name("peer")
			.service(PeerService.class)
			.uri(servers.stream().map(FinagleServer::address).collect(Collectors.joining(",", "tcp://", "")));
	}

	/**
	 * Every call takes the same time: the least loaded of unequally fast servers is
	 * another one than the next.
	 */
	@Test
	void fourServersGetTheSameShare() {
		List<FinagleServer> servers = startFour();
		try (ClientHandle<AsyncPeer> client = builder(servers).build()) {
			ManyCalls.run(4000, 16, (number) -> client.proxy().echo("warm"));
			List<Long> before = servers.stream().map((server) -> server.stat("handler/calls")).toList();
			ManyCalls<Integer> calls = ManyCalls.run(10_000, 16, (number) -> client.proxy().sleep(5));
			assertThat(calls.failures()).isEmpty();
			List<Long> after = servers.stream().map((server) -> server.stat("handler/calls")).toList();
			List<Long> shares = IntStream.range(0, 4).mapToObj((i) -> after.get(i) - before.get(i)).toList();
			System.out.println("10 000 calls over 4 servers: " + shares);
			assertThat(shares).allSatisfy((share) -> assertThat(share).isBetween(2250L, 2750L));
		}
		finally {
			servers.forEach(FinagleServer::close);
		}
	}

	@Test
	void onlyCallsInFlightFailWhenAServerGoesAndItsTrafficReturns() {
		List<FinagleServer> servers = startFour();
		FinagleServer victim = servers.get(0);
		try (ClientHandle<AsyncPeer> client = builder(servers).build()) {
			ManyCalls<Integer> calls = ManyCalls.run(10_000, 16, (number) -> client.proxy().whoami(), (number) -> {
				if (number == 3000) {
					victim.drain(0);
				}
			});
			assertThat(calls.failures()).hasSizeLessThanOrEqualTo(16)
				.allSatisfy((failure) -> assertThat(failure).isInstanceOf(ConnectionLostException.class));
			victim.awaitClosed();
			victim.reopen();
			assertThat(untilAnsweredBy(client.proxy(), victim.port())).isTrue();
		}
		finally {
			servers.forEach(FinagleServer::close);
		}
	}

	private static boolean untilAnsweredBy(AsyncPeer peer, int port) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < Duration.ofSeconds(30).toNanos()) {
			if (peer.whoami().join() == port) {
				return true;
			}
		}
		return false;
	}

	@Test
	void noReplyReachesAnotherCallThoughHalfOfThemTimeOut() {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		SplittableRandom random = new SplittableRandom(20);
		int[] delays = random.ints(10_000, 0, 41).toArray();
		FinagleServer server = FinagleServer.start();
		try (ClientHandle<AsyncPeer> client = builder(List.of(server)).meterRegistry(meters)
			.timeout(Duration.ofSeconds(10))
			.methodTimeout("sleep", Duration.ofMillis(20))
			.build()) {
			client.proxy().echo("open").join();
			ManyCalls<Boolean> calls = ManyCalls.run(delays.length, 64, (number) -> {
				int unique = (number + 1000) * 1000 + delays[number];
				CompletableFuture<Integer> answer = client.proxy().sleep(unique);
				return answer.thenApply((own) -> own == unique);
			});
			assertThat(calls.answers()).isNotEmpty().doesNotContain(false);
			assertThat(calls.failures()).isNotEmpty()
				.allSatisfy((failure) -> assertThat(failure).hasRootCauseInstanceOf(CallTimeoutException.class));
			// Everything the server owed was sent before the answer to a call made now.
			client.proxy().echo("last").join();
			assertThat(meters.get(MeterNames.OWED_TAGS).gauge().value()).isZero();
			assertThat(meters.get(MeterNames.CONNECTIONS).tag("event", "opened").counter().count()).isEqualTo(1);
			assertThat(server.stat("thrift/connects")).isEqualTo(1);
			System.out.printf("20 ms timeouts against 0-40 ms: %d answered, %d timed out, %.0f discards%n",
					calls.answers().size(), calls.failures().size(), meters.get(MeterNames.DISCARDS).counter().count());
		}
		finally {
			server.close();
		}
	}

	private static List<FinagleServer> startFour() {
		List<CompletableFuture<FinagleServer>> starting = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			starting.add(CompletableFuture.supplyAsync(FinagleServer::start));
		}
		return starting.stream().map(CompletableFuture::join).toList();
	}

}
