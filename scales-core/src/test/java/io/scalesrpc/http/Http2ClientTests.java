package io.scalesrpc.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.message.ClumsyHttp;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.Stumbling;
import io.scalesrpc.transport.TransportLimits;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The whole client over sockets, with HTTP/2. */
@Sockets
class Http2ClientTests {

	private static final int CALLS = Integer.getInteger("scales.test.calls", 20_000);

	private static final byte[] BODY = "hello".getBytes(StandardCharsets.UTF_8);

	@Test
	void callsShareOneConnection() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			List<CompletableFuture<ScalesHttpResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				answers.add(client.proxy().getAsync("/" + i));
			}
			for (int i = 0; i < answers.size(); i++) {
				assertThat(answers.get(i).get(10, TimeUnit.SECONDS).text()).isEqualTo("GET /" + i + " ");
			}
			assertThat(client.proxy().post("/a", "text/plain", BODY).text()).isEqualTo("POST /a hello");
			assertThat(client.proxy().head("/a").headers().first("X-Server")).isEqualTo("netty");
			assertThat(server.accepted.get()).isEqualTo(1);
		}
	}

	@Test
	void connectionsThatAreTooOldAreReplacedWhileCallsGoOn() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).connectionsPerMember(2)
					.maxConnectionAge(Duration.ofMillis(100))
					.retry(RetrySettings.OFF)
					.build()) {
			CompletableFuture<ScalesHttpResponse> late = client.proxy().getAsync("/late");
			for (int i = 0; server.accepted.get() < 6; i++) {
				assertThat(client.proxy().get("/" + i).text()).isEqualTo("GET /" + i + " ");
			}
			assertThat(late.get(10, TimeUnit.SECONDS).text()).isEqualTo("GET /late ");
		}
	}

	@Test
	void oneCallAtATimeIsNoReasonForSeveralConnections() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> client(1).option("version", "1.1").connectionsPerMember(2).build())
			.withMessage("connections-per-member: 2 (expected: 1 where a connection takes one call at a time:"
					+ " pool.high says how many a member has)");
	}

	@Test
	void aTimeoutResetsTheStreamAndNothingElse() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port())
					.methodTimeout("get", Duration.ofMillis(200))
					.build()) {
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().get("/never"));
			await(() -> server.resets.get() == 1);
			assertThat(client.proxy().post("/a", "text/plain", BODY).text()).isEqualTo("POST /a hello");
			assertThat(server.accepted.get()).isEqualTo(1);
			await(() -> client.view().pending() == 0);
		}
	}

	@Test
	void aRefusedStreamIsSentAgainThoughItIsNoIdempotentRequest() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			assertThat(client.proxy().post("/refuse", "text/plain", BODY).text()).isEqualTo("POST /refuse hello");
		}
	}

	@Test
	void aResetStreamIsNoAnswer() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> client.proxy().post("/reset", "text/plain", BODY))
				.withMessageContaining("stream reset by the server: INTERNAL_ERROR");
			assertThat(server.accepted.get()).isEqualTo(1);
		}
	}

	@Test
	void aServerThatGoesAwayFinishesWhatItHasAndIsConnectedToAnew() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			assertThat(client.proxy().get("/goaway").text()).isEqualTo("GET /goaway ");
			// However young the connection is: it has answered.
			assertThat(client.proxy().post("/a", "text/plain", BODY).text()).isEqualTo("POST /a hello");
			assertThat(server.accepted.get()).isEqualTo(2);
		}
	}

	@Test
	void noMoreStreamsAreOpenThanTheServerAllows() throws Exception {
		try (Http2Server server = new Http2Server(3);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			List<CompletableFuture<ScalesHttpResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 50; i++) {
				answers.add(client.proxy().getAsync("/" + i));
			}
			for (int i = 0; i < answers.size(); i++) {
				assertThat(answers.get(i).get(10, TimeUnit.SECONDS).text()).isEqualTo("GET /" + i + " ");
			}
			assertThat(server.mostOpen.get()).isBetween(1, 3);
		}
	}

	@Test
	void callsThatWaitForAStreamLeaveWhenTheyEnd() throws Exception {
		try (Http2Server server = new Http2Server(1);
				ClientHandle<ScalesHttpClient> client = client(server.port())
					.methodTimeout("get", Duration.ofMillis(200))
					.build()) {
			List<CompletableFuture<ScalesHttpResponse>> calls = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				calls.add(client.proxy().getAsync("/never/" + i));
			}
			for (CompletableFuture<ScalesHttpResponse> call : calls) {
				assertThat(call).failsWithin(5, TimeUnit.SECONDS);
			}
			assertThat(client.proxy().post("/a", "text/plain", BODY).text()).isEqualTo("POST /a hello");
			assertThat(server.accepted.get()).isEqualTo(1);
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 2, 3, 4, 5 })
	void callsThatWaitForAStreamMayBeGivenUpInAnyOrder(int seed) throws Exception {
		try (Http2Server server = new Http2Server(1);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			List<CompletableFuture<ScalesHttpResponse>> calls = new ArrayList<>();
			for (int i = 0; i < 10; i++) {
				calls.add(client.proxy().getAsync("/never/" + i));
			}
			Eventually.await("a request", () -> server.open.get() == 1);
			Collections.shuffle(calls, new Random(seed));
			calls.forEach((call) -> call.cancel(false));
			assertThat(client.proxy().post("/a", "text/plain", BODY).text()).isEqualTo("POST /a hello");
			assertThat(server.accepted.get()).isEqualTo(1);
		}
	}

	@Test
	void anAnswerThatIsTooLargeEndsItsStreamOnly() throws Exception {
		try (Http2Server server = new Http2Server(1000);
				ClientHandle<ScalesHttpClient> client = client(server.port())
					.limits(new TransportLimits(65_536, 1000, 1 << 20, 1))
					.build()) {
			assertThatExceptionOfType(InternalCallException.class).isThrownBy(() -> client.proxy().get("/large"))
				.withMessageContaining("answer too large: ");
			assertThatExceptionOfType(InternalCallException.class)
				.isThrownBy(() -> client.proxy().post("/a", "text/plain", new byte[70_000]))
				.withMessageContaining("body: 70000 bytes (expected: <= 65536)");
			assertThatExceptionOfType(InternalCallException.class)
				.isThrownBy(() -> client.proxy().exchange(ScalesHttpRequest.of("GET", "/").header("X-A", "a\r\nb")));
			assertThat(client.proxy().get("/a").text()).isEqualTo("GET /a ");
			assertThat(server.accepted.get()).isEqualTo(1);
		}
	}

	@Test
	void aServerThatSpeaksNoHttp2IsNotConnectedTo() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.next();
			peer.send("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n");
		}); ClientHandle<ScalesHttpClient> client = client(server.port()).timeout(Duration.ofSeconds(1)).build()) {
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().get("/a"))
				.withMessageContaining("no HTTP/2 connection");
		}
	}

	@Test
	void aServerThatIsSilentIsGivenUp() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.next();
			// Empty settings, and never anything again.
			peer.send("\0\0\0\4\0\0\0\0\0");
			peer.next();
			peer.next();
			peer.next();
		});
				ClientHandle<ScalesHttpClient> client = client(server.port()).option("ping-interval", "100ms")
					.option("ping-timeout", "100ms")
					.build()) {
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> client.proxy().post("/a", "text/plain", BODY));
		}
	}

	/** One byte of the answer every 100 ms, for more than two ping timeouts. */
	@Test
	void aServerThatSendsIsNotGivenUpThoughItsPongIsLate() throws Exception {
		try (RawHttp2Server server = new RawHttp2Server((peer) -> {
			int stream = peer.request();
			peer.send(RawHttp2Server.HEADERS, RawHttp2Server.END_HEADERS, stream, RawHttp2Server.status(200));
			for (int i = 0; i < 25; i++) {
				peer.send(RawHttp2Server.DATA, 0, stream, new byte[] { 'a' });
				LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
			}
			peer.send(RawHttp2Server.DATA, RawHttp2Server.END_STREAM, stream, new byte[] { 'z' });
			peer.awaitEnd();
		});
				ClientHandle<ScalesHttpClient> client = client(server.port()).option("ping-interval", "100ms")
					.option("ping-timeout", "1s")
					.build()) {
			assertThat(client.proxy().post("/a", "text/plain", BODY).text()).isEqualTo("a".repeat(25) + "z");
		}
	}

	@Test
	@Tag("soak")
	void noAnswerReachesAnotherCall() throws Exception {
		Random random = new Random(20261121);
		Queue<String> swapped = new ConcurrentLinkedQueue<>();
		AtomicInteger right = new AtomicInteger();
		try (Http2Server server = new Http2Server(40);
				ClientHandle<ScalesHttpClient> client = client(server.port()).timeout(Duration.ofMillis(150))
					.protocol(new ClumsyHttp(new Stumbling(random, 5000)))
					.build()) {
			Semaphore permits = new Semaphore(48);
			// On a busy machine most are late: then there are more.
			long patience = System.nanoTime() + Duration.ofMinutes(2).toNanos();
			for (int i = 0; i < CALLS || right.get() <= CALLS / 4 && System.nanoTime() < patience; i++) {
				permits.acquire();
				String path = path(random.nextInt(400)) + i;
				CompletableFuture<ScalesHttpResponse> future = client.proxy().getAsync(path);
				future.whenComplete((answer, ex) -> {
					permits.release();
					if (answer != null && !answer.text().equals("GET " + path + " ")) {
						swapped.add(path + " got " + answer.text());
					}
					right.addAndGet((answer != null) ? 1 : 0);
				});
				if (random.nextInt(20) == 0) {
					future.cancel(true);
				}
			}
			assertThat(permits.tryAcquire(48, 30, TimeUnit.SECONDS)).isTrue();
			assertThat(swapped).isEmpty();
			assertThat(right.get()).isGreaterThan(CALLS / 4);
			assertThat(server.resets.get()).isGreaterThan(10);
		}
	}

	private static String path(int choice) {
		return switch (choice) {
			case 0, 1 -> "/never/";
			case 2, 3, 4 -> "/late/";
			case 5, 6 -> "/refuse/";
			case 7, 8 -> "/reset/";
			default -> "/";
		};
	}

	private static void await(BooleanSupplier condition) {
		long start = System.nanoTime();
		while (!condition.getAsBoolean()) {
			assertThat(System.nanoTime() - start).isLessThan(Duration.ofSeconds(5).toNanos());
			LockSupport.parkNanos(Duration.ofMillis(2).toNanos());
		}
	}

	private static ClientBuilder<ScalesHttpClient> client(int port) {
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.option("version", "2")
			.connectTimeout(Duration.ofSeconds(5))
			.uri("tcp://127.0.0.1:" + port);
	}

}
