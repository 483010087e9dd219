package io.scalesrpc.http;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.http.body.StreamedBody;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static io.scalesrpc.http.RawHttp2Server.DATA;
import static io.scalesrpc.http.RawHttp2Server.END_HEADERS;
import static io.scalesrpc.http.RawHttp2Server.END_STREAM;
import static io.scalesrpc.http.RawHttp2Server.GOAWAY;
import static io.scalesrpc.http.RawHttp2Server.HEADERS;
import static io.scalesrpc.http.RawHttp2Server.PING;
import static io.scalesrpc.http.RawHttp2Server.RST_STREAM;
import static io.scalesrpc.http.RawHttp2Server.join;
import static io.scalesrpc.http.RawHttp2Server.number;
import static io.scalesrpc.http.RawHttp2Server.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers that refuse an upload before they have read it, and hang up: that the request
 * could not be written is no reason not to read the answer.
 */
@Sockets
class EarlyAnswerTests {

	private static final int UPLOADS = 20;

	private static final byte[] LARGE = new byte[4_000_000];

	private final AtomicInteger requests = new AtomicInteger();

	private final AtomicInteger heads = new AtomicInteger();

	private RawHttpServer refusing(String answer) throws IOException {
		return new RawHttpServer((peer) -> {
			peer.readHead();
			this.requests.incrementAndGet();
			peer.send(answer);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "POST", "PUT" })
	void aRefusalIsReadThoughTheUploadFailsAndNothingIsSentAgain(String method) throws IOException {
		for (AnswerWays way : new AnswerWays[] { AnswerWays.HTTP_1_WHOLE, AnswerWays.HTTP_1_STREAMED }) {
			this.requests.set(0);
			for (int i = 0; i < UPLOADS; i++) {
				try (RawHttpServer server = refusing(
						"HTTP/1.1 413 Payload Too Large\r\nConnection: close\r\nContent-Length: 4\r\n\r\nbig!");
						ClientHandle<ScalesHttpClient> client = way.retrying(server.port()).build()) {
					AnswerWays.Received received = way.read(client.proxy(),
							ScalesHttpRequest.of(method, "/up").body(LARGE));
					assertThat(received.response().status()).isEqualTo(413);
					assertThat(received.failure()).isNull();
					assertThat(received.body()).isEqualTo("big!".getBytes(US_ASCII));
				}
			}
			assertThat(this.requests).hasValue(UPLOADS);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_2_WHOLE", "HTTP_2_STREAMED" })
	void soIsOneOverHttp2(AnswerWays way) throws IOException {
		for (int i = 0; i < UPLOADS; i++) {
			try (RawHttp2Server server = new RawHttp2Server((peer) -> {
				int stream = peer.await(HEADERS).stream();
				peer.send(HEADERS, END_HEADERS, stream, status(413));
				peer.send(DATA, END_STREAM, stream, "big!".getBytes(US_ASCII));
				peer.send(GOAWAY, 0, 0, join(number(stream), number(0)));
			}); ClientHandle<ScalesHttpClient> client = way.client(server.port()).build()) {
				AnswerWays.Received received = way.read(client.proxy(),
						ScalesHttpRequest.of("POST", "/up").body(LARGE));
				assertThat(received.response().status()).isEqualTo(413);
				assertThat(received.body()).isEqualTo("big!".getBytes(US_ASCII));
			}
		}
	}

	@Test
	void aBodyThatCameBeforeTheConnectionEndedIsReadAfterIt() throws IOException {
		try (RawHttp2Server server = refusing(
				(peer, stream) -> peer.send(GOAWAY, 0, 0, join(number(stream), number(0))));
				ClientHandle<ScalesHttpClient> client = AnswerWays.HTTP_2_STREAMED.client(server.port()).build()) {
			StreamedBody body = refused(client);
			Eventually.await("another connection", () -> server.accepted() == 2);
			assertThat(body.inputStream().readAllBytes()).isEqualTo("big!".getBytes(US_ASCII));
		}
	}

	/** That is how a server says that it needs no more of the request (RFC 9113, 8.1). */
	@Test
	void soIsOneThatCameBeforeItsStreamWasReset() throws IOException {
		CountDownLatch reset = new CountDownLatch(1);
		try (RawHttp2Server server = refusing((peer, stream) -> {
			peer.send(RST_STREAM, 0, stream, number(0));
			peer.send(PING, 0, 0, new byte[8]);
			peer.await(PING);
			reset.countDown();
			peer.awaitEnd();
		}); ClientHandle<ScalesHttpClient> client = AnswerWays.HTTP_2_STREAMED.client(server.port()).build()) {
			StreamedBody body = refused(client);
			Eventually.await("a reset", () -> reset.getCount() == 0);
			assertThat(body.inputStream().readAllBytes()).isEqualTo("big!".getBytes(US_ASCII));
		}
	}

	/** The body comes when nobody reads it yet, and the end right behind it. */
	private RawHttp2Server refusing(End end) throws IOException {
		return new RawHttp2Server((peer) -> {
			int stream = peer.await(HEADERS).stream();
			peer.send(HEADERS, END_HEADERS, stream, status(413));
			Eventually.await("the head at its caller", () -> this.heads.get() == 1);
			peer.send(DATA, END_STREAM, stream, "big!".getBytes(US_ASCII));
			end.serve(peer, stream);
		});
	}

	private StreamedBody refused(ClientHandle<ScalesHttpClient> client) {
		ScalesHttpResponse response = client.proxy()
			.exchange(ScalesHttpRequest.of("POST", "/up").body(LARGE).streamed());
		assertThat(response.status()).isEqualTo(413);
		this.heads.incrementAndGet();
		return response.stream();
	}

	@Test
	void withoutAnAnswerTheFailureIsThatOfTheWrite() throws IOException {
		try (RawHttpServer server = refusing("");
				ClientHandle<ScalesHttpClient> client = AnswerWays.HTTP_1_WHOLE.client(server.port()).build()) {
			long start = System.nanoTime();
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> client.proxy().post("/up", "text/plain", LARGE))
				.withMessageContaining("connection");
			assertThat(System.nanoTime() - start).isLessThan(10_000_000_000L);
		}
	}

	/** What a server does once it has answered. */
	@FunctionalInterface
	private interface End {

		void serve(RawHttp2Server.Peer peer, int stream) throws IOException;

	}

}
