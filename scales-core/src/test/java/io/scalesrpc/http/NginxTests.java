package io.scalesrpc.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Against a web server that others wrote: HTTP/1.1 and HTTP/2, each with and without TLS.
 */
@Sockets
class NginxTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	@TempDir
	private Path directory;

	private Nginx nginx;

	@BeforeEach
	void start() throws Exception {
		this.nginx = Nginx.start(this.directory, AUTHORITY);
	}

	@AfterEach
	void stop() throws Exception {
		if (this.nginx != null) {
			this.nginx.stop();
		}
	}

	private ClientBuilder<ScalesHttpClient> client(HttpWay way) {
		ClientBuilder<ScalesHttpClient> builder = ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.option("version", way.version)
			.uri(this.nginx.uri(way))
			.closeGrace(Duration.ZERO)
			.timeout(Duration.ofSeconds(30))
			.connectTimeout(Duration.ofSeconds(10));
		return way.scheme.equals("https") ? builder.tls(TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), null)))
				: builder;
	}

	/**
	 * Each answer is the version, the number of the connection, and the host asked for.
	 */
	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void connectionsAreUsedAgainAsOftenAsTheServerLets(HttpWay way) {
		Set<String> connections = new HashSet<>();
		try (ClientHandle<ScalesHttpClient> client = client(way).build()) {
			for (int i = 0; i < 4 * Nginx.REQUESTS; i++) {
				String[] answer = client.proxy().get("/hello").text().split(" ");
				assertThat(answer[0]).isEqualTo(way.version.equals("2") ? "HTTP/2.0" : "HTTP/1.1");
				assertThat(way.scheme + "://" + answer[2]).isEqualTo(this.nginx.uri(way));
				connections.add(answer[1]);
			}
		}
		assertThat(connections).hasSizeBetween(4, 6);
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void manyCallsAtOnceAllHaveTheirAnswers(HttpWay way) throws Exception {
		try (ClientHandle<ScalesHttpClient> client = client(way)
			.pool(new PoolSettings(1, 8, 1024, Duration.ofMinutes(1), Duration.ZERO))
			.build()) {
			List<CompletableFuture<ScalesHttpResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 40; i++) {
				answers.add(client.proxy().getAsync("/hello?" + i));
			}
			for (CompletableFuture<ScalesHttpResponse> answer : answers) {
				assertThat(answer.get(30, TimeUnit.SECONDS).status()).isEqualTo(200);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void statusesAndErrorPagesAreThoseOfTheServer(HttpWay way) {
		try (ClientHandle<ScalesHttpClient> client = client(way).build()) {
			assertThat(client.proxy().get("/missing").status()).isEqualTo(404);
			assertThat(client.proxy().get("/moved").headers().first("location")).endsWith("/moved");
			assertThatExceptionOfType(RemoteCallException.class)
				.isThrownBy(() -> client.proxy().post("/busy", "text/plain", new byte[3]))
				.havingCause()
				.isInstanceOfSatisfying(HttpStatusException.class, (ex) -> {
					assertThat(ex.response().status()).isEqualTo(503);
					assertThat(ex.response().text()).isEqualTo("sorry");
				});
			ScalesHttpResponse head = client.proxy().head("/large.txt");
			assertThat(head.headers().first("content-length")).isEqualTo(String.valueOf(Nginx.LARGE));
			assertThat(client.proxy().get("/hello").status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void largeBodiesGoBothWays(HttpWay way) {
		try (ClientHandle<ScalesHttpClient> client = client(way).build()) {
			assertThat(client.proxy().get("/large.txt").body()).hasSize(Nginx.LARGE);
			byte[] body = new byte[Nginx.LARGE];
			assertThat(client.proxy().post("/length", "application/octet-stream", body).text())
				.isEqualTo(String.valueOf(Nginx.LARGE));
			assertThat(client.proxy().get("/hello").status()).isEqualTo(200);
		}
	}

	/**
	 * The server answers before it has read the body, and reads it all the same or not.
	 */
	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void anAnswerToARequestThatIsNotReadIsAnAnswer(HttpWay way) {
		try (ClientHandle<ScalesHttpClient> client = client(way).build()) {
			byte[] body = new byte[Nginx.LARGE];
			for (int i = 0; i < 5; i++) {
				assertThat(client.proxy().put("/ignored", "application/octet-stream", body).text())
					.isEqualTo("ignored");
				assertThat(client.proxy().get("/hello").status()).isEqualTo(200);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void compressedAnswersAreUnpacked(HttpWay way) {
		try (ClientHandle<ScalesHttpClient> client = client(way).option("gzip", "true").build()) {
			ScalesHttpResponse answer = client.proxy().get("/large.txt");
			assertThat(answer.body()).hasSize(Nginx.LARGE);
			assertThat(answer.headers().first("content-length")).isNull();
			assertThat(client.proxy().get("/hello").status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void noIdempotentCallFailsWhileWorkersAreReplaced(HttpWay way) throws Exception {
		Set<String> failures = ConcurrentHashMap.newKeySet();
		// With HTTP/1.1 idle connections end all at once, and an attempt may meet each of
		// them.
		try (ClientHandle<ScalesHttpClient> client = client(way)
			.pool(new PoolSettings(1, 2, 1024, Duration.ofMinutes(1), Duration.ZERO))
			.callOption(RetrySettings.KEY, RetrySettings.DEFAULT.withMaxAttempts(5))
			.build()) {
			List<CompletableFuture<?>> calls = new ArrayList<>();
			for (int i = 0; i < 3; i++) {
				for (int n = 0; n < 100; n++) {
					calls.add(client.proxy().getAsync("/hello").exceptionally((ex) -> {
						failures.add(ex.toString());
						return null;
					}));
					if (n % 10 == 0) {
						CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
						calls.clear();
					}
				}
				this.nginx.reload();
			}
			CompletableFuture.allOf(calls.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
		}
		assertThat(failures).isEmpty();
	}

}
