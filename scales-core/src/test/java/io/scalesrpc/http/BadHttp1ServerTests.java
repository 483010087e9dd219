package io.scalesrpc.http;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ConnectMode;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.RawHttpServer.Peer;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers of HTTP/1.1 that do what they must not: the call that meets it fails for what
 * it is, its connection is not used again, and the next call works. The first connection
 * is the bad one.
 */
@Sockets
class BadHttp1ServerTests {

	private static final String OK = "HTTP/1.1 200 OK\r\n";

	private static final int MAX_BODY = 65_536;

	private static ClientBuilder<ScalesHttpClient> client(int port) {
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.uri("tcp://127.0.0.1:" + port)
			.connectTimeout(Duration.ofSeconds(10))
			.timeout(Duration.ofSeconds(20))
			.closeGrace(Duration.ZERO)
			.limits(new TransportLimits(MAX_BODY, 1000, 1 << 20, 1));
	}

	/** Serves well, but for the first connection. */
	private static RawHttpServer server(RawHttpServer.Script bad) throws IOException {
		return new RawHttpServer((peer) -> {
			if (peer.number() == 0) {
				bad.serve(peer);
				peer.awaitEnd();
			}
			while (true) {
				peer.answer(peer.next().line());
			}
		});
	}

	/**
	 * A request that is not sent again: what comes of the first attempt is the outcome.
	 */
	private static void post(ScalesHttpClient client) {
		client.post("/bad", "text/plain", new byte[3]);
	}

	private static <E extends ScalesException> void assertFailsOnce(Class<E> type, String text,
			RawHttpServer.Script bad) throws Exception {
		try (RawHttpServer server = server(bad);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			assertThatExceptionOfType(type).isThrownBy(() -> post(client.proxy())).withMessageContaining(text);
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(2);
			assertThat(client.view().pending()).isZero();
		}
	}

	/** A member that did that is connected to again after a moment. */
	private static void assertNextCallWorks(ScalesHttpClient client) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < Duration.ofSeconds(20).toNanos()) {
			try {
				assertThat(client.get("/next").text()).isEqualTo("GET /next HTTP/1.1");
				return;
			}
			catch (NotSentException ex) {
				LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
			}
		}
		throw new AssertionError("no connection again");
	}

	private static RawHttpServer.Script answering(String answer) {
		return (peer) -> {
			peer.next();
			peer.send(answer);
		};
	}

	@ParameterizedTest
	@ValueSource(strings = { "zz\r\n", "-1\r\nx", "2\r\nabc\r\n", "ffffffffffffffffff\r\n", "\r\n2\r\nab\r\n" })
	void garbageForAChunk(String chunk) throws Exception {
		assertFailsOnce(ConnectionLostException.class, "bytes that make no sense",
				answering(OK + "Transfer-Encoding: chunked\r\n\r\n" + chunk));
	}

	@Test
	void anExtensionOfAChunkThatIsTooLong() throws Exception {
		assertFailsOnce(InternalCallException.class, "answer too large",
				answering(OK + "Transfer-Encoding: chunked\r\n\r\n2;" + "x".repeat(20_000)));
	}

	@Test
	void trailersThatAreTooLarge() throws Exception {
		assertFailsOnce(InternalCallException.class, "answer too large",
				answering(OK + "Transfer-Encoding: chunked\r\n\r\n0\r\n" + "X-A: 1\r\n".repeat(12_000)));
	}

	@Test
	void garbageForAStatusLine() throws Exception {
		assertFailsOnce(ConnectionLostException.class, "bytes that make no sense", answering("\0\1\2 garbage\r\n\r\n"));
	}

	@Test
	void aHeadThatIsTooLarge() throws Exception {
		assertFailsOnce(InternalCallException.class, "answer too large",
				answering(OK + "X-Long: " + "x".repeat(66_000)));
	}

	@Test
	void aHeadOfTooManyHeaders() throws Exception {
		assertFailsOnce(InternalCallException.class, "answer too large", answering(OK + "X-A: 1\r\n".repeat(12_000)));
	}

	@Test
	void aBodyThatIsAnnouncedTooLarge() throws Exception {
		assertFailsOnce(InternalCallException.class, "body of 99999999999 bytes (expected: <= 65536)",
				answering(OK + "Content-Length: 99999999999\r\n\r\n"));
	}

	@Test
	void aBodyThatGetsTooLarge() throws Exception {
		String chunk = "1000\r\n" + "x".repeat(4096) + "\r\n";
		assertFailsOnce(InternalCallException.class, "answer too large",
				answering(OK + "Transfer-Encoding: chunked\r\n\r\n" + chunk.repeat(17)));
	}

	@Test
	void twoWaysToEndABody() throws Exception {
		assertFailsOnce(ConnectionLostException.class, "both Content-Length and Transfer-Encoding",
				answering(OK + "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: -2", "Content-Length: 2\r\nContent-Length: 3", "Content-Length: 2, 3",
			"Content-Length: 2x", "Content-Length: +2" })
	void aLengthThatIsNone(String lengths) throws Exception {
		assertFailsOnce(ConnectionLostException.class, "bytes that make no sense",
				answering(OK + lengths + "\r\n\r\nok"));
	}

	@Test
	void aFloodOfInterimAnswers() throws Exception {
		assertFailsOnce(ConnectionLostException.class, "interim answer 103, number 17",
				answering("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(1000)));
	}

	@Test
	void aSwitchOfProtocols() throws Exception {
		assertFailsOnce(ConnectionLostException.class, "interim answer 101",
				answering("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"));
	}

	@Test
	void a100ContinueThatNobodyAskedForIsPassedOver() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				peer.send("HTTP/1.1 100 Continue\r\n\r\n" + Peer.ok(peer.next().line()));
			}
		}); ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			for (int i = 0; i < 20; i++) {
				assertThat(client.proxy().get("/a").text()).isEqualTo("GET /a HTTP/1.1");
			}
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	@Test
	void bytesBeforeAnyRequest() throws Exception {
		try (RawHttpServer server = server((peer) -> peer.send(Peer.ok("stray")));
				ClientHandle<ScalesHttpClient> client = client(server.port()).connect(ConnectMode.EAGER).build()) {
			assertThat(client.ready(1, Duration.ofSeconds(20)).toCompletableFuture().join()).isTrue();
			long start = System.nanoTime();
			while (server.accepted() < 2 && System.nanoTime() - start < Duration.ofSeconds(20).toNanos()) {
				LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
			}
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	/** It is an answer, and the rest of the request must not become the next one. */
	@Test
	void anAnswerBeforeTheWholeRequestWasSent() throws Exception {
		byte[] body = new byte[32 << 20];
		CompletableFuture<Void> answered = new CompletableFuture<Void>().orTimeout(20, TimeUnit.SECONDS);
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			if (peer.number() == 0) {
				peer.readHead();
				peer.send("HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\ntoo");
				// Were it read meanwhile, the request could be sent before its answer is
				// read.
				answered.join();
				peer.awaitEnd();
			}
			while (true) {
				peer.answer(peer.next().line());
			}
		});
				ClientHandle<ScalesHttpClient> client = client(server.port())
					.limits(new TransportLimits(64 << 20, 1000, 1 << 20, 1))
					.build()) {
			assertThat(client.proxy().post("/a", "text/plain", body).status()).isEqualTo(413);
			answered.complete(null);
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void aRedirectToItselfIsOneAnswer() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				String path = peer.next().line().split(" ")[1];
				peer.send("HTTP/1.1 302 Found\r\nLocation: " + path + "\r\nContent-Length: 0\r\n\r\n");
			}
		}); ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			for (int i = 0; i < 5; i++) {
				assertThat(client.proxy().get("/loop").status()).isEqualTo(302);
			}
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	@Test
	void anAnswerThatEndsWithItsConnection() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.send(OK + "\r\nall of " + peer.next().line());
		}); ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			for (int i = 0; i < 5; i++) {
				assertThat(client.proxy().get("/a").text()).isEqualTo("all of GET /a HTTP/1.1");
			}
			assertThat(server.accepted()).isEqualTo(5);
		}
	}

	@Test
	void anAnswerThatNeverEnds() throws Exception {
		try (RawHttpServer server = server(answering(OK + "Content-Length: 10\r\n\r\nhalf"));
				ClientHandle<ScalesHttpClient> client = client(server.port())
					.methodTimeout("post", Duration.ofMillis(300))
					.build()) {
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> post(client.proxy()));
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void aSecondAnswerToOneRequest() throws Exception {
		try (RawHttpServer server = server(answering(Peer.ok("one") + Peer.ok("two")));
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			assertThat(client.proxy().get("/a").text()).isEqualTo("one");
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

}
