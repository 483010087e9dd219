package io.scalesrpc.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientIntegration;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.client.proxy.MethodCaller;
import io.scalesrpc.http.RawHttpServer.Peer;
import io.scalesrpc.http.RawHttpServer.Request;
import io.scalesrpc.http.protocol.HttpMethodSpec;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** The whole client over sockets. */
@Sockets
class HttpClientTests {

	@Test
	void everyMethodOfTheReadyClientReachesAServerOfTheJdk() throws IOException {
		HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		ExecutorService threads = Executors.newCachedThreadPool();
		server.setExecutor(threads);
		server.createContext("/", HttpClientTests::echo);
		server.start();
		try (ClientHandle<ScalesHttpClient> client = client(server.getAddress().getPort()).build()) {
			ScalesHttpClient http = client.proxy();
			byte[] body = "hello".getBytes(StandardCharsets.UTF_8);
			assertThat(http.get("/a?b").text()).isEqualTo("GET /a?b null ");
			assertThat(http.getAsync("/a").join().text()).isEqualTo("GET /a null ");
			assertThat(http.head("/a").headers().first("x-method")).isEqualTo("HEAD");
			assertThat(http.delete("/a").text()).isEqualTo("DELETE /a null ");
			assertThat(http.options("/a").text()).isEqualTo("OPTIONS /a null ");
			assertThat(http.post("/a", "text/plain", body).text()).isEqualTo("POST /a text/plain hello");
			assertThat(http.put("/a", "text/plain", body).text()).isEqualTo("PUT /a text/plain hello");
			assertThat(http.patch("/a", "text/plain", body).text()).isEqualTo("PATCH /a text/plain hello");
			assertThat(http.exchange(ScalesHttpRequest.of("GET", "/404")).status()).isEqualTo(404);
			assertThat(client.protocol()).isEqualTo("http");
		}
		finally {
			server.stop(0);
			threads.shutdownNow();
		}
	}

	private static void echo(HttpExchange exchange) throws IOException {
		String type = exchange.getRequestHeaders().getFirst("Content-Type");
		String text = exchange.getRequestMethod() + " " + exchange.getRequestURI() + " " + type + " "
				+ new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
		boolean head = exchange.getRequestMethod().equals("HEAD");
		exchange.getResponseHeaders().set("X-Method", exchange.getRequestMethod());
		int status = exchange.getRequestURI().getPath().equals("/404") ? 404 : 200;
		byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
		exchange.sendResponseHeaders(status, head ? -1 : bytes.length);
		if (!head) {
			exchange.getResponseBody().write(bytes);
		}
		exchange.close();
	}

	@Test
	void callsShareConnectionsAndNeverMoreThanThePoolHas() throws Exception {
		try (RawHttpServer server = new RawHttpServer(HttpClientTests::echoPath);
				ClientHandle<ScalesHttpClient> client = client(server.port())
					.pool(new PoolSettings(1, 8, 1024, Duration.ofMinutes(1), Duration.ZERO))
					.build()) {
			List<CompletableFuture<ScalesHttpResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 500; i++) {
				answers.add(client.proxy().getAsync("/" + i));
			}
			for (int i = 0; i < answers.size(); i++) {
				assertThat(answers.get(i).get(5, TimeUnit.SECONDS).text()).isEqualTo("GET /" + i + " HTTP/1.1");
			}
			assertThat(server.accepted()).isBetween(2, 8);
		}
	}

	/** Each loop that sleeps between two calls is woken for each. */
	@Test
	void aFewCallsAtATimeShareAnEventLoop() throws Exception {
		int few = 8;
		CountDownLatch come = new CountDownLatch(few);
		Set<Thread> enders = ConcurrentHashMap.newKeySet();
		try (RawHttpServer server = new RawHttpServer((peer) -> answerWhenAllHaveCome(peer, come));
				ClientResources resources = ClientResources.create(2);
				ClientHandle<ScalesHttpClient> client = client(server.port()).resources(resources)
					.filter((call, next) -> {
						call.onOutcome((ended, outcome) -> enders.add(Thread.currentThread()));
						next.dispatch(call);
					})
					.build()) {
			List<CompletableFuture<ScalesHttpResponse>> answers = new ArrayList<>();
			for (int i = 0; i < few; i++) {
				answers.add(client.proxy().getAsync("/"));
			}
			for (CompletableFuture<ScalesHttpResponse> answer : answers) {
				assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
			}
			assertThat(server.accepted()).isEqualTo(few);
			assertThat(enders).hasSize(1);
		}
	}

	private static void answerWhenAllHaveCome(Peer peer, CountDownLatch come) throws IOException {
		String line = peer.next().line();
		come.countDown();
		try {
			come.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		peer.answer(line);
	}

	private static void echoPath(Peer peer) throws IOException {
		while (true) {
			peer.answer(peer.next().line());
		}
	}

	@Test
	void aFailureStatusIsThrownWithItsAnswerAndARedirectIsReturned() throws Exception {
		// With more, a call opens another one while the timer, which sent the last
		// attempt,
		// gives the first back.
		PoolSettings one = new PoolSettings(1, 1, 1024, Duration.ofMinutes(1), Duration.ZERO);
		try (RawHttpServer server = new RawHttpServer(HttpClientTests::fail);
				ClientHandle<ScalesHttpClient> client = client(server.port()).pool(one).build()) {
			assertThatExceptionOfType(RemoteCallException.class).isThrownBy(() -> client.proxy().get("/500"))
				.withMessageContaining("ScalesHttpClient.get: answer 500 (member ")
				.withCauseInstanceOf(HttpStatusException.class)
				.satisfies(
						(ex) -> assertThat(((HttpStatusException) ex.getCause()).response().text()).isEqualTo("why"));
			assertThat(client.proxy().get("/302").headers().first("location")).isEqualTo("/302");
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	/** Answers with the status that the path names; redirects lead to themselves. */
	private static void fail(Peer peer) throws IOException {
		while (true) {
			String path = peer.next().line().split(" ")[1];
			peer.send("HTTP/1.1 " + path.substring(1) + " X\r\nLocation: " + path + "\r\nContent-Length: 3\r\n\r\nwhy");
		}
	}

	@Test
	void aRequestThatMayBeRepeatedIsSentAgainAndNoOther() throws Exception {
		AtomicInteger requests = new AtomicInteger();
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			while (true) {
				Request request = peer.next();
				boolean first = requests.getAndIncrement() % 2 == 0;
				peer.send(first ? "HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n" : Peer.ok(request.head()));
			}
		});
				ClientHandle<ScalesHttpClient> client = client(server.port())
					.option("attempt-header", "X-Retry-Attempt")
					.build()) {
			assertThat(client.proxy().get("/a").text()).contains("X-Retry-Attempt: 1\r\n");
			assertThat(requests.get()).isEqualTo(2);
			assertThatExceptionOfType(RemoteCallException.class)
				.isThrownBy(() -> client.proxy().post("/a", "text/plain", new byte[3]));
			assertThat(requests.get()).isEqualTo(3);
		}
	}

	@Test
	void aTimeoutClosesTheConnectionAndTheNextCallHasAnother() throws Exception {
		try (RawHttpServer server = new RawHttpServer(HttpClientTests::silentFirst);
				ClientHandle<ScalesHttpClient> client = client(server.port()).timeout(Duration.ofMillis(300)).build()) {
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> client.proxy().get("/a"));
			assertThat(client.proxy().get("/b").text()).isEqualTo("GET /b HTTP/1.1");
			assertThat(server.accepted()).isEqualTo(2);
		}
	}

	private static void silentFirst(Peer peer) throws IOException {
		while (true) {
			Request request = peer.next();
			if (peer.number() > 0) {
				peer.answer(request.line());
			}
		}
	}

	@Test
	void aConnectionThatBreaksIsNoAnswer() throws Exception {
		try (RawHttpServer server = new RawHttpServer((peer) -> {
			peer.next();
			peer.send("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf");
			peer.reset();
		}); ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> client.proxy().post("/a", "text/plain", new byte[3]));
		}
	}

	@Test
	void aRequestThatIsNoneIsABugAndNothingIsSent() throws Exception {
		try (RawHttpServer server = new RawHttpServer(HttpClientTests::echoPath);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			assertThatExceptionOfType(InternalCallException.class).isThrownBy(
					() -> client.proxy().exchange(ScalesHttpRequest.of("GET", "/").header("X-User", "a\r\nX-Admin: 1")))
				.withMessageContaining("header X-User: character U+000D at 1");
			assertThat(client.proxy().get("/next").text()).isEqualTo("GET /next HTTP/1.1");
		}
	}

	@Test
	void aPeerThatSpeaksAnotherProtocolIsRefusedAtTheBuild() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ScalesClients.builder(Runnable.class).protocol("http").uri("tcp://localhost:1").build())
			.withMessageContaining("java.lang.Runnable.run: no method of HTTP");
	}

	@Test
	void otherInterfacesAndSingleMethodsShareTheConnections() throws Exception {
		try (RawHttpServer server = new RawHttpServer(HttpClientTests::echoPath);
				ClientHandle<ScalesHttpClient> client = client(server.port()).build()) {
			assertThat(client.proxy(Users.class).get("/1").block().text()).isEqualTo("GET /1 HTTP/1.1");
			MethodCaller caller = ClientIntegration.of(client).caller(new HttpMethodSpec("Users", "user", null));
			ScalesHttpRequest request = ScalesHttpRequest.of("DELETE", "/2");
			assertThat(((ScalesHttpResponse) caller.call(request)).text()).isEqualTo("DELETE /2 HTTP/1.1");
			assertThat(((ScalesHttpResponse) caller.start(request).get(5, TimeUnit.SECONDS)).text())
				.isEqualTo("DELETE /2 HTTP/1.1");
			assertThat(server.accepted()).isEqualTo(1);
		}
	}

	interface Users {

		Mono<ScalesHttpResponse> get(String path);

	}

	private static ClientBuilder<ScalesHttpClient> client(int port) {
		return ScalesClients.builder(ScalesHttpClient.class).protocol("http").uri("tcp://127.0.0.1:" + port);
	}

}
