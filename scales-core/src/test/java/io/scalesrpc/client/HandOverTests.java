package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.EchoPeer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * From one thread to another a call is handed over as seldom as can be: what that costs
 * is more than all stages together. Counted and not measured, so that it holds on every
 * machine.
 */
@Sockets
class HandOverTests {

	private final ThriftMuxServer server = ThriftMuxServer.builder()
		.service(PeerService.Iface.class, new EchoPeer())
		.build()
		.start();

	/** The threads that a call was seen on, from its caller to its end. */
	private final List<Thread> way = new CopyOnWriteArrayList<>();

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void aCallThatIsMadeByACallbackOnTheEventLoopNeverLeavesItsThread() throws Exception {
		assertThat(handOversOfTheSecondCall(Callbacks.EVENT_LOOP)).isZero();
	}

	@Test
	void aCallThatIsMadeByACallbackOnTheExecutorIsHandedOverOnceEachWay() throws Exception {
		assertThat(handOversOfTheSecondCall(Callbacks.EXECUTOR)).isEqualTo(2);
	}

	@Test
	void aCallWhoseCallerWaitsIsHandedOverOnceEachWay() throws Exception {
		try (ClientHandle<PeerService.Iface> handle = client(PeerService.Iface.class, Callbacks.EXECUTOR)) {
			handle.proxy().echo("first");
			begin();
			handle.proxy().echo("second");
			pass();
			assertThat(handOvers()).isEqualTo(2);
		}
	}

	private int handOversOfTheSecondCall(Callbacks callbacks) throws Exception {
		try (ClientHandle<Echo> handle = client(Echo.class, callbacks)) {
			Echo echo = handle.proxy();
			echo.echo("first").thenCompose((first) -> {
				begin();
				return echo.echo("second").thenRun(this::pass);
			}).get(30, TimeUnit.SECONDS);
			return handOvers();
		}
	}

	private <T> ClientHandle<T> client(Class<T> type, Callbacks callbacks) {
		return ScalesClients.builder(type)
			.name("peer")
			.service(PeerService.class)
			.uri("tcp://127.0.0.1:" + this.server.port())
			.timeout(Duration.ofSeconds(30))
			.callbacks(callbacks)
			.filter((call, next) -> {
				pass();
				call.onOutcome((ended, outcome) -> pass());
				next.dispatch(call);
			})
			.build();
	}

	/** The call that comes next is the one that counts. */
	private void begin() {
		this.way.clear();
		pass();
	}

	private void pass() {
		this.way.add(Thread.currentThread());
	}

	private int handOvers() {
		assertThat(this.way).hasSize(4);
		int count = 0;
		for (int i = 1; i < this.way.size(); i++) {
			count += (this.way.get(i) != this.way.get(i - 1)) ? 1 : 0;
		}
		return count;
	}

	interface Echo {

		CompletableFuture<String> echo(String text);

	}

}
