package io.scalesrpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.test.peer.PeerException;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thriftmux.PeerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The whole stack, to our own server. */
@Sockets
class PeerClientTests {

	private final PeerServer server = PeerServer.start();

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ClientHandle<PeerService.Iface> handle = ScalesClients.builder(PeerService.Iface.class)
		.name("peer")
		.uri("tcp://127.0.0.1:" + this.server.port())
		.meterRegistry(this.meters)
		.closeGrace(Duration.ZERO)
		.methodTimeout("sleep", Duration.ofMillis(50))
		.build();

	private final Peer peer = this.handle.proxy(Peer.class);

	@AfterEach
	void close() {
		this.handle.close();
		this.server.close();
	}

	@Test
	void aTimeoutMayBeOfAMethodThatOnlyAnotherInterfaceHas() {
		try (ClientHandle<OnlyEcho> client = ScalesClients.builder(OnlyEcho.class)
			.service(PeerService.class)
			.uri("tcp://127.0.0.1:" + this.server.port())
			.methodTimeout("sleep", Duration.ofMillis(50))
			.build()) {
			assertThat(client.proxy().echo("a")).isEqualTo("a");
			assertThatExceptionOfType(CallTimeoutException.class)
				.isThrownBy(() -> client.proxy(PeerService.Iface.class).sleep(5000))
				.withMessageContaining("50 ms");
		}
	}

	/** Half of the service. */
	interface OnlyEcho {

		String echo(String s);

	}

	@Test
	void everyStyleGetsItsAnswer() throws Exception {
		assertThat(this.handle.proxy().add(1, 2)).isEqualTo(3);
		assertThat(this.peer.add(3, 4)).isEqualTo(7);
		assertThat(this.peer.addAsync(5, 6).get()).isEqualTo(11);
		assertThat(this.peer.echo("mono").block()).isEqualTo("mono");
		this.handle.proxy().fire("oneway");
		assertThat(this.handle.view().members()).extracting(MemberView::state).containsExactly(SinkState.OPEN);
		assertThat(this.server.stats().connections()).isEqualTo(1);
	}

	@Test
	void aDeclaredExceptionComesAsItself() {
		assertThatExceptionOfType(PeerException.class).isThrownBy(() -> this.handle.proxy().fail(7, "seven"))
			.satisfies((ex) -> assertThat(ex.getStackTrace())
				.anyMatch((frame) -> frame.getClassName().startsWith(getClass().getName())));
	}

	@Test
	void anExceptionNobodyDeclaredIsARemoteFailure() {
		assertThatExceptionOfType(RemoteCallException.class)
			.isThrownBy(() -> this.handle.proxy().failUndeclared("broken"))
			.withMessageStartingWith("[peer] PeerService.failUndeclared: ");
	}

	@Test
	void aTimeoutCostsADiscardAndNotTheConnection() throws Exception {
		this.handle.proxy().ping();
		assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> this.handle.proxy().sleep(60_000))
			.withMessageContaining("no answer within 50 ms (member 127.0.0.1:" + this.server.port() + ", attempts 1");
		Fixture.await(() -> this.server.stats().discards() == 1);
		assertThat(this.handle.proxy().add(1, 2)).isEqualTo(3);
		assertThat(this.server.stats().connections()).isEqualTo(1);
	}

	@Test
	void cancellingAFutureDiscardsTheCall() throws Exception {
		this.handle.proxy().ping();
		CompletableFuture<Integer> future = this.peer.sleepAsync(60_000);
		Fixture.await(() -> this.server.stats().active() == 1);
		future.cancel(true);
		Fixture.await(() -> this.server.stats().discards() == 1);
	}

	@Test
	void closingUnderLoadEndsEveryCallAndLeavesNothingAtTheServer() {
		List<CompletableFuture<?>> futures = new ArrayList<>();
		for (int i = 0; i < 500; i++) {
			futures.add(this.peer.addAsync(i, 1));
			futures.add((i % 10 == 0) ? this.peer.sleepAsync(60_000) : this.peer.addAsync(1, i));
		}
		this.handle.close(Duration.ofMillis(10)).toCompletableFuture().join();
		Fixture.await(() -> futures.stream().allMatch(CompletableFuture::isDone));
		for (CompletableFuture<?> future : futures) {
			if (future.isCompletedExceptionally()) {
				assertThatExceptionOfType(CompletionException.class).isThrownBy(future::join)
					.withCauseInstanceOf(ScalesException.class);
			}
		}
		Fixture.await(() -> this.server.stats().connections() == 0);
		assertThat(this.meters.getMeters()).isEmpty();
	}

	/** A free-form interface of the service. */
	interface Peer {

		int add(int a, int b);

		CompletableFuture<Integer> addAsync(int a, int b);

		CompletableFuture<Integer> sleepAsync(int ms);

		Mono<String> echo(String s);

	}

}
