package io.scalesrpc.client;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;

import io.scalesrpc.call.CallCancelledException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.server.ServerStats;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thriftmux.PeerServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A server whose handler is a client of another: who gives up stops both. */
@Sockets
class ChainCancellationTests {

	private static final int LONG = 60_000;

	private final PeerServer back = PeerServer.start();

	private final ClientHandle<PeerService.Iface> toBack = client("back", this.back.port()).build();

	private final ThriftMuxServer front = ThriftMuxServer.builder()
		.service(PeerService.class, this.toBack.proxy())
		.build()
		.start();

	private final ClientHandle<PeerService.Iface> toFront = client("front", this.front.port()).build();

	private final Sleeper sleeper = this.toFront.proxy(Sleeper.class);

	private static ClientBuilder<PeerService.Iface> client(String name, int port) {
		return ScalesClients.builder(PeerService.Iface.class)
			.name(name)
			.uri("tcp://127.0.0.1:" + port)
			.closeGrace(Duration.ZERO);
	}

	@BeforeEach
	void connect() throws Exception {
		assertThat(this.toFront.proxy().add(1, 2)).isEqualTo(3);
	}

	@AfterEach
	void close() {
		this.toFront.close();
		this.front.close(Duration.ZERO).toCompletableFuture().join();
		this.toBack.close();
		this.back.close();
	}

	private void assertBothAreToldToStop() {
		Fixture.await(() -> this.front.stats().active() == 0 && this.back.stats().active() == 0);
		for (ServerStats stats : new ServerStats[] { this.front.stats(), this.back.stats() }) {
			assertThat(stats.discards()).isEqualTo(1);
			assertThat(stats.connections()).isEqualTo(1);
		}
	}

	@Test
	void aCancelledFuture() {
		CompletableFuture<Integer> future = this.sleeper.sleepAsync(LONG);
		this.back.awaitSleep();
		future.cancel(true);
		assertBothAreToldToStop();
	}

	@Test
	void aDisposedMono() {
		Disposable subscription = this.sleeper.sleep(LONG).subscribe();
		this.back.awaitSleep();
		subscription.dispose();
		assertBothAreToldToStop();
	}

	@Test
	void anInterruptedThread() throws Exception {
		FutureTask<Boolean> task = new FutureTask<>(() -> {
			assertThatExceptionOfType(CallCancelledException.class).isThrownBy(() -> this.toFront.proxy().sleep(LONG));
			return Thread.currentThread().isInterrupted();
		});
		Thread caller = new Thread(task, "scales-test-caller");
		caller.start();
		this.back.awaitSleep();
		caller.interrupt();
		assertThat(task.get()).isTrue();
		caller.join();
		assertBothAreToldToStop();
	}

	@Test
	void aTimeoutThatTheServerInTheMiddleKnowsOf() throws Exception {
		try (ClientHandle<PeerService.Iface> hasty = client("hasty", this.front.port()).timeout(Duration.ofMillis(500))
			.build()) {
			// The server in the middle has less time, by the way to it, and may be the
			// first to say so.
			assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> hasty.proxy().sleep(LONG))
				.withMessageContaining("no answer within ");
			Fixture.await(() -> this.front.stats().active() == 0 && this.back.stats().active() == 0);
			assertThat(hasty.proxy().add(1, 2)).isEqualTo(3);
			assertThat(this.front.stats().connections()).isEqualTo(2);
		}
	}

	/** The method that takes long, in other styles. */
	interface Sleeper {

		CompletableFuture<Integer> sleepAsync(int ms);

		Mono<Integer> sleep(int ms);

	}

}
