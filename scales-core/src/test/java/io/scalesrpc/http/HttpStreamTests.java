package io.scalesrpc.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.RawHttpServer.Peer;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Answers that are read part by part, by the whole client over sockets. */
@Sockets
class HttpStreamTests {

	private static final long MIB = 1024 * 1024;

	private static final long LENGTH = 256 * MIB;

	/** What the sockets of both sides may hold, on a machine that is generous. */
	private static final long AHEAD = 24 * MIB;

	private static final String CHUNKED = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n";

	private static ScalesHttpRequest stream(String path) {
		return ScalesHttpRequest.of("GET", path).streamed();
	}

	@Test
	void aServerSendsNoFasterThanItsAnswerIsRead() throws Exception {
		AtomicLong sent = new AtomicLong();
		try (RawHttpServer server = new RawHttpServer((peer) -> pour(peer, sent));
				ClientHandle<ScalesHttpClient> client = client(server.port()).build();
				InputStream body = client.proxy().exchange(stream("/")).stream().inputStream()) {
			for (long read = 0; read < LENGTH; read += Pouring.CHUNK_BYTES) {
				if (read == 0 || read == LENGTH / 2) {
					assertThat(settled(sent::get) - read).isLessThan(AHEAD);
				}
				assertThat(body.readNBytes(Pouring.CHUNK_BYTES)).isEqualTo(Pouring.chunk(read / Pouring.CHUNK_BYTES));
			}
			assertThat(body.read()).isEqualTo(-1);
			assertThat(client.proxy().get("/next").text()).isEqualTo("GET /next HTTP/1.1");
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	private static void pour(Peer peer, AtomicLong sent) throws IOException {
		peer.next();
		peer.send("HTTP/1.1 200 OK\r\nContent-Length: " + LENGTH + "\r\n\r\n");
		for (long chunk = 0; chunk < LENGTH / Pouring.CHUNK_BYTES; chunk++) {
			peer.send(Pouring.chunk(chunk));
			sent.addAndGet(Pouring.CHUNK_BYTES);
		}
		peer.answer(peer.next().line());
	}

	/** Where a count stays when it does not grow any more. */
	private static long settled(LongSupplier count) {
		long seen = -1;
		while (seen != count.getAsLong()) {
			seen = count.getAsLong();
			LockSupport.parkNanos(Duration.ofMillis(300).toNanos());
		}
		return seen;
	}

	@Test
	void aStreamThatNobodyReadsHoldsUpNoOther() throws Exception {
		long length = 16 * MIB;
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).option("version", "2").build();
				InputStream stalled = client.proxy().exchange(stream("/pour/" + length)).stream().inputStream()) {
			assertThat(settled(server.poured::get)).isBetween(MIB / 2, 2 * MIB);
			try (InputStream other = client.proxy().exchange(stream("/pour/" + length)).stream().inputStream()) {
				readAll(other, length);
			}
			assertThat(client.proxy().get("/a").text()).isEqualTo("GET /a ");
			assertThat(server.poured.get()).isLessThan(length + 2 * MIB);
			readAll(stalled, length);
			assertThat(server.accepted.get()).isEqualTo(1);
			await(() -> server.open.get() == 0);
			assertThat(server.resets.get()).isZero();
		}
	}

	private static void readAll(InputStream body, long length) throws IOException {
		for (long read = 0; read < length; read += Pouring.CHUNK_BYTES) {
			assertThat(body.readNBytes(Pouring.CHUNK_BYTES)).isEqualTo(Pouring.chunk(read / Pouring.CHUNK_BYTES));
		}
		assertThat(body.read()).isEqualTo(-1);
	}

	@Test
	void aStreamOfHttp2ThatIsClosedBeforeItsEndIsResetAndNothingElse() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).option("version", "2").build()) {
			try (InputStream body = client.proxy().exchange(stream("/pour/" + 64 * MIB)).stream().inputStream()) {
				assertThat(body.read()).isZero();
			}
			await(() -> server.resets.get() == 1);
			await(() -> server.open.get() == 0);
			assertThat(client.proxy().get("/a").text()).isEqualTo("GET /a ");
			assertThat(server.accepted.get()).isEqualTo(1);
		}
	}

	@Test
	void aStreamOfHttp2ThatNobodyReadsIsResetInTheEnd() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).option("version", "2")
					.option("body-idle-timeout", "100ms")
					.build()) {
			ScalesHttpResponse response = client.proxy().exchange(stream("/pour/" + 64 * MIB));
			await(() -> server.resets.get() == 1);
			assertThatExceptionOfType(IOException.class)
				.isThrownBy(() -> response.stream().inputStream().readAllBytes())
				.withMessage("nobody read the body for 100 ms");
		}
	}

	@Test
	void aServerOfHttp2ThatDiesEndsItsStreamsWithAnError() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).option("version", "2")
					.option("ping-interval", "500ms")
					.option("ping-timeout", "500ms")
					.build()) {
			InputStream body = client.proxy().exchange(stream("/pour/" + 64 * MIB)).stream().inputStream();
			assertThat(body.read()).isZero();
			server.die();
			assertThatExceptionOfType(IOException.class).isThrownBy(body::readAllBytes);
		}
	}

	@Test
	void aServerThatDiesInTheMiddleIsAnError() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.next();
			peer.send(CHUNKED);
			peer.reset();
		}); ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			InputStream body = client.proxy().exchange(stream("/")).stream().inputStream();
			assertThatExceptionOfType(IOException.class).isThrownBy(body::readAllBytes);
			assertThatExceptionOfType(IOException.class).isThrownBy(body::read);
		}
	}

	@Test
	void aBodyThatNobodyReadsGivesItsConnectionBack() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.next();
			peer.send(CHUNKED);
			peer.next();
		});
				ClientHandle<ScalesHttpClient> client = client(server.port()).option("body-idle-timeout", "100ms")
					.pool(new PoolSettings(1, 1, 16, Duration.ofMinutes(1), Duration.ZERO))
					.build()) {
			for (int i = 0; i < 3; i++) {
				assertThat(client.proxy().exchange(stream("/")).status()).isEqualTo(200);
			}
			assertThat(server.accepted()).isEqualTo(3);
		}
	}

	@Test
	void closingTheClientWaitsForAStreamAndThenEndsIt() throws Exception {
		CountDownLatch goOn = new CountDownLatch(1);
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			boolean first = peer.next().line().contains("/first");
			peer.send(CHUNKED);
			if (first) {
				await(() -> goOn.getCount() == 0);
				peer.send("0\r\n\r\n");
			}
			peer.next();
		})) {
			ClientHandle<ScalesHttpClient> client = client(server.port()).build();
			InputStream body = client.proxy().exchange(stream("/first")).stream().inputStream();
			CompletionStage<Void> closing = client.close(Duration.ofMinutes(1));
			assertThat(closing.toCompletableFuture()).isNotDone();
			goOn.countDown();
			assertThat(body.readAllBytes()).isEqualTo("abc".getBytes(StandardCharsets.US_ASCII));
			assertThat(closing.toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);

			ClientHandle<ScalesHttpClient> second = client(server.port()).build();
			InputStream cut = second.proxy().exchange(stream("/second")).stream().inputStream();
			assertThat(cut.read()).isEqualTo('a');
			assertThat(second.close(Duration.ofMillis(100)).toCompletableFuture()).succeedsWithin(10, TimeUnit.SECONDS);
			assertThatExceptionOfType(IOException.class).isThrownBy(cut::readAllBytes).withMessage("client is closed");
		}
	}

	@Test
	void aFutureThatWasCancelledHoldsNoConnection() throws Exception {
		CountDownLatch asked = new CountDownLatch(1);
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			if (peer.next().line().contains("/a")) {
				asked.countDown();
				peer.send(CHUNKED);
				peer.next();
			}
			peer.answer("b");
			peer.next();
		});
				ClientHandle<ScalesHttpClient> client = client(server.port())
					.pool(new PoolSettings(1, 1, 16, Duration.ofMinutes(1), Duration.ZERO))
					.build()) {
			CompletableFuture<ScalesHttpResponse> future = client.proxy().exchangeAsync(stream("/a"));
			assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
			if (!future.cancel(true)) {
				future.join().stream().close();
			}
			assertThat(client.proxy().get("/b").text()).isEqualTo("b");
		}
	}

	private static void await(BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(10).toNanos());
			LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
		}
	}

	private static ClientBuilder<ScalesHttpClient> client(int port) {
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.connectTimeout(Duration.ofSeconds(5))
			.uri("tcp://127.0.0.1:" + port);
	}

}
