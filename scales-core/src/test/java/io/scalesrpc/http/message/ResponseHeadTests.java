package io.scalesrpc.http.message;

import java.io.IOException;
import java.util.Arrays;

import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.http.AnswerWays;
import io.scalesrpc.http.AnswerWays.Received;
import io.scalesrpc.http.HttpFields;
import io.scalesrpc.http.RawHttp2Server;
import io.scalesrpc.http.RawHttpServer;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static io.scalesrpc.http.RawHttp2Server.CONTINUATION;
import static io.scalesrpc.http.RawHttp2Server.DATA;
import static io.scalesrpc.http.RawHttp2Server.END_HEADERS;
import static io.scalesrpc.http.RawHttp2Server.END_STREAM;
import static io.scalesrpc.http.RawHttp2Server.HEADERS;
import static io.scalesrpc.http.RawHttp2Server.header;
import static io.scalesrpc.http.RawHttp2Server.status;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What a caller sees of the head and the end of an answer, in all its ways. */
@Sockets
class ResponseHeadTests {

	private static final byte[] OK = "ok".getBytes(US_ASCII);

	@ParameterizedTest
	@EnumSource
	void theHeadersAreThoseThatTheServerSent(AnswerWays way) throws IOException {
		String[] sent = (way.http2) ? new String[] { "x-own", "1", "x-http2-stream-id", "77" }
				: new String[] { "x-own", "1", "x-http2-stream-id", "77", "content-length", "2" };
		Received received = way.ask("GET", OK, sent);
		HttpFields headers = received.response().headers();
		assertThat(received.body()).isEqualTo(OK);
		assertThat(headers.first("x-own")).isEqualTo("1");
		assertThat(headers.all("x-http2-stream-id")).containsExactly("77");
		assertThat(headers.size()).isEqualTo(sent.length / 2);
	}

	/** How a body was sent is not what it is: whoever hands it on sends it otherwise. */
	@ParameterizedTest
	@EnumSource(names = { "HTTP_1_WHOLE", "HTTP_1_STREAMED" })
	void aBodyThatCameInChunksDoesNotSaySo(AnswerWays way) throws IOException {
		Received received = way.ask("GET", "2\r\nok\r\n0\r\n\r\n".getBytes(US_ASCII), "Transfer-Encoding", "chunked");
		assertThat(received.body()).isEqualTo(OK);
		assertThat(received.response().headers().size()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aStatusOfTwoOrFourDigitsMakesNoSense(AnswerWays way) throws IOException {
		for (String status : new String[] { "0", "99", "1000", "2000" }) {
			assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> ask(way, status))
				.withMessageContaining("make")
				.withMessageContaining("status " + status + " (expected: 100 to 999)");
		}
		for (int status : new int[] { 200, 600, 999 }) {
			assertThat(ask(way, "" + status).response().status()).isEqualTo(status);
		}
	}

	private static Received ask(AnswerWays way, String status) throws IOException {
		if (way.http2) {
			try (RawHttp2Server server = new RawHttp2Server((peer) -> {
				int stream = peer.request();
				peer.send(HEADERS, END_HEADERS | END_STREAM, stream, status(Integer.parseInt(status)));
				peer.awaitEnd();
			})) {
				return way.ask(server.port(), "GET");
			}
		}
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.next();
			peer.send("HTTP/1.1 " + status + " Odd\r\nContent-Length: 0\r\n\r\n");
			peer.awaitEnd();
		})) {
			return way.ask(server.port(), "GET");
		}
	}

	@ParameterizedTest
	@EnumSource
	void theTrailersOfAnAnswerCanBeReadAfterItsBody(AnswerWays way) throws IOException {
		try (RawHttp2Server http2 = new RawHttp2Server((peer) -> {
			int stream = peer.request();
			peer.send(HEADERS, END_HEADERS, stream, status(200));
			peer.send(DATA, 0, stream, OK);
			peer.send(HEADERS, END_HEADERS | END_STREAM, stream, header("x-sum", "7"));
			peer.awaitEnd();
		}); RawHttpServer http1 = new RawHttpServer((peer) -> {
			peer.next();
			peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\nX-Sum: 7\r\n\r\n");
			peer.awaitEnd();
		})) {
			Received received = way.ask(way.http2 ? http2.port() : http1.port(), "GET");
			assertThat(received.body()).isEqualTo(OK);
			assertThat(received.response().headers().size()).isZero();
			assertThat(received.response().trailers().first("x-sum")).isEqualTo("7");
		}
	}

	@ParameterizedTest
	@EnumSource
	void aHeadMayHave64KibibytesUnlessSetOtherwise(AnswerWays way) throws IOException {
		assertThat(askWithHead(way, 60_000, null).response().headers().first("x-long")).hasSize(60_000);
		assertTooLarge(way, 66_000, null, "65536");
		assertTooLarge(way, 9000, "8KB", "8192");
		assertThat(askWithHead(way, 100_000, "1MB").response().headers().first("x-long")).hasSize(100_000);
	}

	private static void assertTooLarge(AnswerWays way, int length, String limit, String bytes) {
		assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> askWithHead(way, length, limit))
			.withMessageContaining("answer too large: ")
			.withMessageContaining(bytes)
			.withMessageContaining("this client's max-head-size");
	}

	private static Received askWithHead(AnswerWays way, int length, String limit) throws IOException {
		String value = "x".repeat(length);
		try (RawHttp2Server http2 = new RawHttp2Server((peer) -> {
			while (true) {
				sendHead(peer, peer.request(), RawHttp2Server.join(status(200), header("x-long", value)));
			}
		}); RawHttpServer http1 = new RawHttpServer((peer) -> {
			while (true) {
				peer.next();
				peer.send("HTTP/1.1 200 OK\r\nX-Long: " + value + "\r\nContent-Length: 0\r\n\r\n");
			}
		})) {
			var builder = way.client(way.http2 ? http2.port() : http1.port());
			if (limit != null) {
				builder.option("max-head-size", limit);
			}
			try (ClientHandle<ScalesHttpClient> client = builder.build()) {
				return way.read(client.proxy(), ScalesHttpRequest.of("GET", "/"));
			}
		}
	}

	private static void sendHead(RawHttp2Server.Peer peer, int stream, byte[] head) throws IOException {
		for (int from = 0; from < head.length; from += 16_384) {
			int to = Math.min(head.length, from + 16_384);
			int flags = ((to == head.length) ? END_HEADERS : 0) | ((from == 0) ? END_STREAM : 0);
			peer.send((from == 0) ? HEADERS : CONTINUATION, flags, stream, Arrays.copyOfRange(head, from, to));
		}
	}

	/** It is not read to its end, so the connection is lost; and that says why. */
	@ParameterizedTest
	@EnumSource(names = { "HTTP_2_WHOLE", "HTTP_2_STREAMED" })
	void aHeadOfManyTimesTheLimitCostsOneConnection(AnswerWays way) throws Exception {
		byte[] huge = RawHttp2Server.join(status(200), header("x-long", "x".repeat(500_000)));
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			sendHead(peer, peer.request(), huge);
			peer.awaitEnd();
		}); ClientHandle<ScalesHttpClient> client = way.client(server.port()).build()) {
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> way.read(client.proxy(), ScalesHttpRequest.of("GET", "/")))
				.withMessageContaining("connection lost before the answer was complete: answer too large: ")
				.withMessageContaining("this client's max-head-size");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_2_WHOLE", "HTTP_2_STREAMED" })
	void aBodyThatIsNotAsLongAsItsHeadSaysIsAFailure(AnswerWays way) throws IOException {
		assertIncomplete(way, (peer, stream) -> {
			peer.send(HEADERS, END_HEADERS | END_STREAM, stream,
					RawHttp2Server.join(status(200), header("content-length", "5")));
		});
		assertIncomplete(way, (peer, stream) -> {
			peer.send(HEADERS, END_HEADERS, stream, RawHttp2Server.join(status(200), header("content-length", "5")));
			peer.send(DATA, END_STREAM, stream, new byte[0]);
		});
		assertIncomplete(way, (peer, stream) -> {
			peer.send(HEADERS, END_HEADERS, stream, RawHttp2Server.join(status(200), header("content-length", "5")));
			peer.send(HEADERS, END_HEADERS | END_STREAM, stream, header("x-sum", "7"));
		});
	}

	private static void assertIncomplete(AnswerWays way, Bad bad) throws IOException {
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			bad.answer(peer, peer.request());
			peer.awaitEnd();
		})) {
			try {
				assertThat(way.ask(server.port(), "GET").failure()).isNotNull().hasMessageContaining("makes no sense");
			}
			catch (ConnectionLostException ex) {
				assertThat(ex).hasMessageContaining("0 bytes of body (expected: 5, its content-length)");
			}
		}
	}

	/** An answer to a HEAD, a 204 and a 304 have the length of what is not sent. */
	@ParameterizedTest
	@EnumSource(names = { "HTTP_2_WHOLE", "HTTP_2_STREAMED" })
	void aLengthWithoutABodyIsRightWhereThereIsNone(AnswerWays way) throws IOException {
		assertThat(way.ask("HEAD", new byte[0], "content-length", "5").failure()).isNull();
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			while (true) {
				peer.send(HEADERS, END_HEADERS | END_STREAM, peer.request(),
						RawHttp2Server.join(status(304), header("content-length", "5")));
			}
		})) {
			Received received = way.ask(server.port(), "GET");
			assertThat(received.failure()).isNull();
			assertThat(received.response().status()).isEqualTo(304);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_2_WHOLE", "HTTP_2_STREAMED" })
	void anEmptyFrameIsNoEndAndNoPause(AnswerWays way) throws IOException {
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			int stream = peer.request();
			peer.send(HEADERS, END_HEADERS, stream, status(200));
			for (String part : new String[] { "", "a", "", "", "b", "" }) {
				peer.send(DATA, 0, stream, part.getBytes(US_ASCII));
				// What was sent before was read when that is answered.
				peer.send(RawHttp2Server.PING, 0, 0, new byte[8]);
				peer.await(RawHttp2Server.PING);
			}
			peer.send(DATA, END_STREAM, stream, new byte[0]);
			peer.awaitEnd();
		});
				ClientHandle<ScalesHttpClient> client = way.client(server.port())
					.option("body-idle-timeout", "3s")
					.build()) {
			Received received = way.read(client.proxy(), ScalesHttpRequest.of("GET", "/"));
			assertThat(received.failure()).isNull();
			assertThat(received.body()).isEqualTo("ab".getBytes(US_ASCII));
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "HTTP_2_WHOLE", "HTTP_2_STREAMED" })
	void aResetSaysItsCodeByNameOrNumber(AnswerWays way) throws IOException {
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> reset(way, 0x99))
			.withMessageContaining("stream reset by the server: error code 0x99");
		assertThatExceptionOfType(ConnectionLostException.class).isThrownBy(() -> reset(way, 2))
			.withMessageContaining("stream reset by the server: INTERNAL_ERROR");
	}

	private static void reset(AnswerWays way, int code) throws IOException {
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			peer.send(RawHttp2Server.RST_STREAM, 0, peer.request(), RawHttp2Server.number(code));
			peer.awaitEnd();
		})) {
			way.ask(server.port(), "GET");
		}
	}

	/** Answers one request badly. */
	private interface Bad {

		void answer(RawHttp2Server.Peer peer, int stream) throws IOException;

	}

}
