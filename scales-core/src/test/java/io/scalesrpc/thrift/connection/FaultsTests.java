package io.scalesrpc.thrift.connection;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.test.peer.PeerService;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.thrift.connection.RawServer.Peer;
import io.scalesrpc.thrift.connection.RawServer.Request;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What becomes of Thrift's own calls when a server breaks a rule; the rest is in the
 * contract.
 */
@Sockets
class FaultsTests {

	/** A free-form interface. */
	interface Echo {

		String echo(String text);

		CompletableFuture<String> echoAsync(String text);

		void fire(String text);

	}

	@Test
	void anEmptyFrameEndsTheConnection() throws Exception {
		onceThenWell((peer, request) -> peer.send((byte) 0, (byte) 0, (byte) 0, (byte) 0), "frame size: 0");
	}

	/** It may be the answer to another call. */
	@Test
	void bytesThatAreNoMessageEndTheConnection() throws Exception {
		onceThenWell((peer, request) -> peer.send((byte) 0, (byte) 0, (byte) 0, (byte) 4, (byte) 1, (byte) 2, (byte) 3,
				(byte) 4), "answer that makes no sense");
	}

	@Test
	void aReplyToAnotherCallEndsTheConnection() throws Exception {
		onceThenWell(
				(peer, request) -> peer.send(new Request("echo", request.sequence() - 1, "of the call before").frame()),
				"sequence id");
	}

	/** The first request gets the answer given here, all others are echoed. */
	private static void onceThenWell(Answer first, String text) throws Exception {
		AtomicBoolean well = new AtomicBoolean();
		try (RawServer server = new RawServer((peer) -> {
			if (well.compareAndSet(false, true)) {
				first.answer(peer, peer.next());
				peer.awaitEnd();
			}
			else {
				echo(peer);
			}
		}); ClientHandle<Echo> client = client(server).build()) {
			assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> client.proxy().echo("first"))
				.withMessageContaining(text);
			assertThat(client.proxy().echo("second")).isEqualTo("second");
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void bytesThatNobodyAskedForEndTheConnection() throws Exception {
		try (RawServer server = new RawServer((peer) -> {
			Request request = peer.next();
			peer.send(request.frame());
			peer.send(new Request("echo", request.sequence() + 1, "of the call before").frame());
			peer.awaitEnd();
		}); ClientHandle<Echo> client = client(server).build()) {
			assertThat(client.proxy().echo("first")).isEqualTo("first");
			await(() -> server.open() == 0);
		}
	}

	@Test
	void aReplyThatComesAfterTheTimeoutReachesNobody() throws Exception {
		CountDownLatch timedOut = new CountDownLatch(1);
		try (RawServer server = new RawServer((peer) -> {
			Request request = peer.next();
			if (request.text().equals("late")) {
				peer.awaitEnd();
				timedOut.countDown();
			}
			peer.send(request.frame());
			echo(peer);
		}); ClientHandle<Echo> client = client(server).timeout(Duration.ofSeconds(1)).build()) {
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().echo("late"));
			assertThat(timedOut.await(5, TimeUnit.SECONDS)).isTrue();
			assertThat(client.proxy().echo("next")).isEqualTo("next");
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void aCancelledCallTakesItsConnectionAlong() throws Exception {
		CountDownLatch came = new CountDownLatch(1);
		try (RawServer server = new RawServer((peer) -> {
			peer.next();
			came.countDown();
			peer.awaitEnd();
		}); ClientHandle<Echo> client = client(server).build()) {
			CompletableFuture<String> call = client.proxy().echoAsync("never");
			assertThat(came.await(5, TimeUnit.SECONDS)).isTrue();
			call.cancel(true);
			await(() -> server.open() == 0);
		}
	}

	@Test
	void aRequestThatIsTooLargeLeavesTheConnectionAlone() throws Exception {
		try (RawServer server = new RawServer(FaultsTests::echo);
				ClientHandle<Echo> client = client(server).limits(new TransportLimits(1024, 100, 1 << 20, 1)).build()) {
			assertThat(client.proxy().echo("small")).isEqualTo("small");
			assertThatExceptionOfType(InternalCallException.class)
				.isThrownBy(() -> client.proxy().echo("x".repeat(2000)));
			assertThat(client.proxy().echo("small")).isEqualTo("small");
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	/** Pipelined calls share their connection, and its end. */
	@Test
	void aTimeoutInAPipelineLosesTheCallsBehindIt() throws Exception {
		try (RawServer server = new RawServer(Peer::awaitEnd);
				ClientHandle<Echo> client = client(server).option("pipeline", "true")
					.methodTimeout("echo", Duration.ofMillis(100))
					.build()) {
			CompletableFuture<ByteBuffer> behind = client.proxy(Slow.class, PeerService.class)
				.echoBytes(ByteBuffer.allocate(9));
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().echo("first"));
			assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> behind.get(5, TimeUnit.SECONDS))
				.withCauseInstanceOf(ConnectionLostException.class);
		}
	}

	/** Another method of the same service. */
	interface Slow {

		CompletableFuture<ByteBuffer> echoBytes(ByteBuffer bytes);

	}

	private static void echo(Peer peer) throws IOException {
		while (true) {
			peer.send(peer.next().frame());
		}
	}

	private static ClientBuilder<Echo> client(RawServer server) {
		return client("tcp://127.0.0.1:" + server.port());
	}

	private static ClientBuilder<Echo> client(String uri) {
		return ScalesClients.builder(Echo.class)
			.service(PeerService.class)
			.protocol("thrift")
			.closeGrace(Duration.ZERO)
			.uri(uri);
	}

	private static void await(BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
			LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
		}
	}

	/** What a server does with a request. */
	private interface Answer {

		void answer(Peer peer, Request request) throws IOException;

	}

}
