package io.scalesrpc.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.testing.FreePorts;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was wrong with HTTP in the Python library that Scales for Java comes from, and is
 * not wrong here. Each test says first what the original did. Clients are whole, servers
 * are real.
 */
@Sockets
class OriginalDefectsTests {

	private static ClientBuilder<ScalesHttpClient> client(int... ports) {
		StringBuilder uri = new StringBuilder();
		for (int port : ports) {
			uri.append(uri.isEmpty() ? "tcp://" : ",").append("127.0.0.1:").append(port);
		}
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.uri(uri.toString())
			.closeGrace(Duration.ZERO);
	}

	/**
	 * To the balancer of the original every HTTP server was always well: with one of two
	 * dead, all calls failed or none, by chance.
	 */
	@Test
	void aDeadHttpServerBesideALivingOneCostsNoCall() throws Exception {
		try (Web alive = new Web(200);
				ClientHandle<ScalesHttpClient> client = client(FreePorts.next(), alive.port()).build()) {
			for (int i = 0; i < 60; i++) {
				assertThat(client.proxy().post("/" + i, "text/plain", new byte[1]).text()).isEqualTo("answer");
			}
		}
	}

	/** The same for a server that answers every request with a failure. */
	@Test
	void anHttpServerThatFailsIsLeftAloneAfterAFewCalls() throws Exception {
		try (Web well = new Web(200);
				Web sick = new Web(500);
				ClientHandle<ScalesHttpClient> client = client(sick.port(), well.port())
					.balancer(BalancerType.ROUND_ROBIN)
					.build()) {
			int failures = 0;
			for (int i = 0; i < 60; i++) {
				failures += isFailure(client.proxy()) ? 1 : 0;
			}
			assertThat(failures).isBetween(1, 5);
			assertThat(sick.requests.get()).isEqualTo(failures);
		}
	}

	private static boolean isFailure(ScalesHttpClient client) {
		try {
			client.post("/", "text/plain", new byte[1]);
			return false;
		}
		catch (ScalesException ex) {
			return true;
		}
	}

	/**
	 * In the original, blocking HTTP calls of several threads went one after the other.
	 */
	@Test
	void blockingHttpCallsGoSideBySide() throws Exception {
		CountDownLatch all = new CountDownLatch(8);
		ExecutorService callers = Executors.newFixedThreadPool(8);
		try (Web web = new Web(200, all); ClientHandle<ScalesHttpClient> client = client(web.port()).build()) {
			List<CompletableFuture<ScalesHttpResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 8; i++) {
				answers.add(CompletableFuture.supplyAsync(() -> client.proxy().get("/"), callers));
			}
			for (CompletableFuture<ScalesHttpResponse> answer : answers) {
				assertThat(answer.get(10, TimeUnit.SECONDS).text()).isEqualTo("answer");
			}
		}
		finally {
			callers.shutdownNow();
		}
	}

	/**
	 * The HTTP server of the Java runtime, which answers all requests alike.
	 * <em>Thread-safe</em>.
	 */
	private static final class Web implements AutoCloseable {

		private final AtomicInteger requests = new AtomicInteger();

		private final ExecutorService threads = Executors.newCachedThreadPool();

		private final HttpServer server;

		Web(int status) throws IOException {
			this(status, new CountDownLatch(0));
		}

		/** A server that answers when there are so many requests. */
		Web(int status, CountDownLatch all) throws IOException {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
			this.server.setExecutor(this.threads);
			this.server.createContext("/", (exchange) -> {
				this.requests.incrementAndGet();
				all.countDown();
				answer(exchange, reached(all) ? status : 504);
			});
			this.server.start();
		}

		private static boolean reached(CountDownLatch all) {
			try {
				return all.await(5, TimeUnit.SECONDS);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				return false;
			}
		}

		private static void answer(HttpExchange exchange, int status) throws IOException {
			exchange.getRequestBody().readAllBytes();
			exchange.sendResponseHeaders(status, 6);
			exchange.getResponseBody().write(new byte[] { 'a', 'n', 's', 'w', 'e', 'r' });
			exchange.close();
		}

		int port() {
			return this.server.getAddress().getPort();
		}

		@Override
		public void close() {
			this.server.stop(0);
			this.threads.shutdownNow();
		}

	}

}
