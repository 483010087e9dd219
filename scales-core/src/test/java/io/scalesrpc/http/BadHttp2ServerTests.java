package io.scalesrpc.http;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.RawHttp2Server.Frame;
import io.scalesrpc.http.RawHttp2Server.Peer;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Test;

import static io.scalesrpc.http.RawHttp2Server.CONTINUATION;
import static io.scalesrpc.http.RawHttp2Server.DATA;
import static io.scalesrpc.http.RawHttp2Server.END_HEADERS;
import static io.scalesrpc.http.RawHttp2Server.END_STREAM;
import static io.scalesrpc.http.RawHttp2Server.GOAWAY;
import static io.scalesrpc.http.RawHttp2Server.HEADERS;
import static io.scalesrpc.http.RawHttp2Server.PING;
import static io.scalesrpc.http.RawHttp2Server.PUSH_PROMISE;
import static io.scalesrpc.http.RawHttp2Server.RST_STREAM;
import static io.scalesrpc.http.RawHttp2Server.SETTINGS;
import static io.scalesrpc.http.RawHttp2Server.WINDOW_UPDATE;
import static io.scalesrpc.http.RawHttp2Server.frame;
import static io.scalesrpc.http.RawHttp2Server.header;
import static io.scalesrpc.http.RawHttp2Server.join;
import static io.scalesrpc.http.RawHttp2Server.number;
import static io.scalesrpc.http.RawHttp2Server.setting;
import static io.scalesrpc.http.RawHttp2Server.status;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Servers of HTTP/2 that do what they must not: the call that meets it fails for what it
 * is, at the cost of its stream or else of the connection, and the next call works. The
 * first request is the one that is badly served.
 */
@Sockets
class BadHttp2ServerTests {

	private static final String LOST = "connection lost before the answer was complete";

	private static final int PROTOCOL_ERROR = 1;

	private static final int REFUSED_STREAM = 7;

	private static final int INITIAL_WINDOW_SIZE = 4;

	private static ClientBuilder<ScalesHttpClient> client(RawHttp2Server server) {
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.option("version", "2")
			.option("max-head-size", "8KB")
			.uri("tcp://127.0.0.1:" + server.port())
			.connectTimeout(Duration.ofSeconds(10))
			.timeout(Duration.ofSeconds(60))
			.closeGrace(Duration.ZERO)
			.limits(new TransportLimits(65_536, 1000, 1 << 20, 1));
	}

	/** Serves well, but for the first request of the first connection. */
	private static RawHttp2Server server(Bad bad) throws IOException {
		return new RawHttp2Server((peer) -> {
			if (peer.number() == 0) {
				bad.serve(peer, peer.request());
			}
			while (true) {
				peer.answer(peer.request(), "good");
			}
		});
	}

	/** What becomes of the first request. */
	private interface Bad {

		void serve(Peer peer, int stream) throws IOException;

	}

	/**
	 * A request that is not sent again: what comes of the first attempt is the outcome.
	 */
	private static void post(ScalesHttpClient client) {
		client.post("/bad", "text/plain", new byte[3]);
	}

	/** A member that lost its connection is connected to again after a moment. */
	private static void assertNextCallWorks(ScalesHttpClient client) {
		long start = System.nanoTime();
		while (System.nanoTime() - start < Duration.ofSeconds(20).toNanos()) {
			try {
				assertThat(client.get("/next").text()).isEqualTo("good");
				return;
			}
			catch (NotSentException ex) {
				LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
			}
		}
		throw new AssertionError("no connection again");
	}

	private static <E extends ScalesException> void assertCosts(int connections, Class<E> type, String text, Bad bad)
			throws Exception {
		try (RawHttp2Server server = server(bad); ClientHandle<ScalesHttpClient> client = client(server).build()) {
			assertThatExceptionOfType(type).isThrownBy(() -> post(client.proxy())).withMessageContaining(text);
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(1 + connections);
			assertThat(client.view().pending()).isZero();
		}
	}

	private static byte[] goAway(int lastStream) {
		return join(number(lastStream), number(0));
	}

	@Test
	void aHeadThatIsTooLarge() throws Exception {
		byte[] head = join(status(200), header("x-long", "x".repeat(9000)));
		assertCosts(0, InternalCallException.class,
				"answer too large: Header size exceeded max allowed size (8192); the limit is this client's max-head-size",
				(peer, stream) -> peer.send(HEADERS, END_HEADERS | END_STREAM, stream, head));
	}

	@Test
	void aHeadThatNeverEnds() throws Exception {
		assertCosts(1, ConnectionLostException.class, LOST, (peer, stream) -> {
			byte[] part = header("x-more", "x".repeat(1000));
			peer.send(HEADERS, END_STREAM, stream, status(200));
			for (int i = 0; i < 10_000; i++) {
				peer.send(CONTINUATION, 0, stream, part);
			}
			peer.awaitEnd();
		});
	}

	@Test
	void aHeadOfEmptyParts() throws Exception {
		assertCosts(1, ConnectionLostException.class, LOST, (peer, stream) -> {
			peer.send(HEADERS, END_STREAM, stream, status(200));
			for (int i = 0; i < 10_000; i++) {
				peer.send(CONTINUATION, 0, stream, new byte[0]);
			}
			peer.awaitEnd();
		});
	}

	@Test
	void aHeadThatCannotBeDecoded() throws Exception {
		assertCosts(1, ConnectionLostException.class, LOST, (peer, stream) -> peer.send(HEADERS,
				END_HEADERS | END_STREAM, stream, new byte[] { (byte) 0xff, 0x7f }));
	}

	@Test
	void aBodyThatIsTooLarge() throws Exception {
		assertCosts(0, InternalCallException.class, "answer too large", (peer, stream) -> {
			peer.send(HEADERS, END_HEADERS, stream, status(200));
			for (int i = 0; i < 9; i++) {
				peer.send(DATA, 0, stream, new byte[8192]);
			}
			peer.send(DATA, END_STREAM, stream, new byte[0]);
		});
	}

	@Test
	void aBodyOfAnotherLengthThanItSays() throws Exception {
		assertCosts(0, ConnectionLostException.class, "Received amount of data 3", (peer, stream) -> {
			peer.send(HEADERS, END_HEADERS, stream, join(status(200), header("content-length", "2")));
			peer.send(DATA, END_STREAM, stream, new byte[3]);
		});
	}

	@Test
	void aFloodOfInterimAnswers() throws Exception {
		assertCosts(0, ConnectionLostException.class, "interim answers: 17", (peer, stream) -> {
			for (int i = 0; i < 100; i++) {
				peer.send(HEADERS, END_HEADERS, stream, status(103));
			}
		});
	}

	@Test
	void aReset() throws Exception {
		assertCosts(0, ConnectionLostException.class, "stream reset by the server: PROTOCOL_ERROR",
				(peer, stream) -> peer.send(RST_STREAM, 0, stream, number(PROTOCOL_ERROR)));
	}

	@Test
	void aResetInTheMiddleOfABody() throws Exception {
		assertCosts(0, ConnectionLostException.class, "stream reset by the server", (peer, stream) -> {
			peer.send(HEADERS, END_HEADERS, stream, status(200));
			peer.send(DATA, 0, stream, new byte[100]);
			peer.send(RST_STREAM, 0, stream, number(PROTOCOL_ERROR));
		});
	}

	@Test
	void aRefusedStreamIsSentAgain() throws Exception {
		try (RawHttp2Server server = server((peer, stream) -> peer.send(RST_STREAM, 0, stream, number(REFUSED_STREAM)));
				ClientHandle<ScalesHttpClient> client = client(server).build()) {
			assertThat(client.proxy().post("/bad", "text/plain", new byte[3]).text()).isEqualTo("good");
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	/** It is an answer; the rest of the request is not wanted (RFC 9113, 8.1). */
	@Test
	void anAnswerBeforeTheWholeRequestWasSent() throws Exception {
		byte[] body = new byte[500_000];
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			int stream = peer.await(HEADERS).stream();
			peer.answer(stream, "early");
			peer.send(RST_STREAM, 0, stream, number(0));
			while (true) {
				peer.answer(peer.request(), "good");
			}
		});
				ClientHandle<ScalesHttpClient> client = client(server)
					.limits(new TransportLimits(1 << 20, 1000, 1 << 20, 1))
					.build()) {
			assertThat(client.proxy().post("/a", "text/plain", body).text()).isEqualTo("early");
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	/** Else the stream would be open, and what waits to be written be kept, for ever. */
	@Test
	void anAnswerBeforeTheWholeRequestWasSentEndsTheRequest() throws Exception {
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			int early = peer.await(HEADERS).stream();
			peer.answer(early, "early");
			String text = (peer.await(RST_STREAM).stream() == early) ? "good" : "another was reset";
			peer.answer(peer.request(), text);
			peer.awaitEnd();
		});
				ClientHandle<ScalesHttpClient> client = client(server)
					.limits(new TransportLimits(1 << 20, 1000, 1 << 20, 1))
					.build()) {
			assertThat(client.proxy().post("/a", "text/plain", new byte[500_000]).text()).isEqualTo("early");
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	@Test
	void aWindowThatIsNeverOpened() throws Exception {
		try (RawHttp2Server server = new RawHttp2Server(setting(INITIAL_WINDOW_SIZE, 0), (peer) -> {
			int stuck = peer.await(HEADERS).stream();
			Frame end = peer.await(RST_STREAM);
			String text = (end.stream() == stuck) ? "good" : "reset " + end.stream();
			peer.answer(peer.request(), text);
			peer.awaitEnd();
		});
				ClientHandle<ScalesHttpClient> client = client(server).methodTimeout("post", Duration.ofMillis(300))
					.build()) {
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> post(client.proxy()));
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	@Test
	void aGoodbyeInTheMiddleLetsTheAnswerCome() throws Exception {
		try (RawHttp2Server server = server((peer, stream) -> {
			peer.send(HEADERS, END_HEADERS, stream, status(200));
			peer.send(GOAWAY, 0, 0, goAway(stream));
			peer.send(DATA, END_STREAM, stream, "good".getBytes(StandardCharsets.US_ASCII));
			peer.awaitEnd();
		}); ClientHandle<ScalesHttpClient> client = client(server).build()) {
			assertThat(client.proxy().post("/a", "text/plain", new byte[3]).text()).isEqualTo("good");
			assertNextCallWorks(client.proxy());
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void aGoodbyeThatLeavesTheRequestOutHasItSentAgain() throws Exception {
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			peer.answer(peer.request(), "good");
			int stream = peer.request();
			if (peer.number() == 0) {
				peer.send(GOAWAY, 0, 0, goAway(stream - 2));
				peer.awaitEnd();
			}
			peer.answer(stream, "good");
			peer.awaitEnd();
		}); ClientHandle<ScalesHttpClient> client = client(server).build()) {
			assertNextCallWorks(client.proxy());
			assertThat(client.proxy().post("/a", "text/plain", new byte[3]).text()).isEqualTo("good");
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	@Test
	void aServerThatHangsUpWithoutAGoodbye() throws Exception {
		assertCosts(1, ConnectionLostException.class, LOST, (peer, stream) -> {
			peer.send(HEADERS, END_HEADERS, stream, status(200));
			throw new IOException("hang up");
		});
	}

	@Test
	void aPushThatWasSwitchedOff() throws Exception {
		assertCosts(1, ConnectionLostException.class, LOST,
				(peer, stream) -> peer.send(PUSH_PROMISE, END_HEADERS, stream, join(number(2), status(200))));
	}

	@Test
	void aFrameThatIsTooLarge() throws Exception {
		assertCosts(1, ConnectionLostException.class, LOST, (peer, stream) -> {
			peer.send(DATA, 0, stream, new byte[20_000]);
			peer.awaitEnd();
		});
	}

	@Test
	void moreThanTheWindowAllows() throws Exception {
		assertCosts(1, ConnectionLostException.class, LOST, (peer, stream) -> {
			byte[] windowOverflow = number(Integer.MAX_VALUE);
			peer.send(WINDOW_UPDATE, 0, 0, windowOverflow);
			peer.awaitEnd();
		});
	}

	/** Each of them wants an answer: what piles up must not grow without a bound. */
	@Test
	void aFloodOfPings() throws Exception {
		assertFloodIsSurvived(frame(PING, 0, 0, new byte[8]));
	}

	@Test
	void aFloodOfSettings() throws Exception {
		assertFloodIsSurvived(frame(SETTINGS, 0, 0, setting(INITIAL_WINDOW_SIZE, 65_535)));
	}

	@Test
	void aFloodOfResets() throws Exception {
		assertFloodIsSurvived(frame(RST_STREAM, 0, 1, number(PROTOCOL_ERROR)));
	}

	@Test
	void aFloodOfEmptyData() throws Exception {
		assertFloodIsSurvived(frame(DATA, 0, 1, new byte[0]));
	}

	/** The server sends and does not read. Other members, and calls, are served. */
	private static void assertFloodIsSurvived(byte[] frame) throws Exception {
		byte[] block = join(frame, frame, frame, frame, frame, frame, frame, frame);
		try (RawHttp2Server server = server((peer, stream) -> {
			peer.send(HEADERS, END_HEADERS, stream, status(200));
			for (int i = 0; i < 4_000; i++) {
				peer.raw(block);
			}
			peer.awaitEnd();
		});
				ClientHandle<ScalesHttpClient> client = client(server).option("ping-interval", "200ms")
					.option("ping-timeout", "200ms")
					.build()) {
			CompletableFuture<ScalesHttpResponse> flooded = client.proxy().postAsync("/a", "text/plain", new byte[3]);
			assertThat(flooded).failsWithin(55, TimeUnit.SECONDS);
			assertThat(flooded).as("ended, and not by its deadline").isCompletedExceptionally();
			assertThat(client.view().pending()).isZero();
			assertNextCallWorks(client.proxy());
		}
	}

}
