package io.scalesrpc.http;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestAuthority;
import io.scalesrpc.transport.TlsMaterial;
import io.scalesrpc.transport.TlsSettings;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Against a server of Java that others wrote: HTTP/1.1 and HTTP/2, each with and without
 * TLS.
 */
@Sockets
class TomcatTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	@TempDir
	private static Path directory;

	private static TomcatServer server;

	@BeforeAll
	static void start() throws Exception {
		server = TomcatServer.start(directory, AUTHORITY);
	}

	@AfterAll
	static void stop() throws Exception {
		server.close();
	}

	private static ClientBuilder<ScalesHttpClient> client(HttpWay way) {
		ClientBuilder<ScalesHttpClient> builder = ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.option("version", way.version)
			.uri(server.uri(way.scheme))
			.closeGrace(Duration.ZERO)
			.timeout(Duration.ofSeconds(30))
			.connectTimeout(Duration.ofSeconds(10))
			.pool(new PoolSettings(1, 8, 1024, Duration.ofMinutes(1), Duration.ZERO));
		return way.scheme.equals("https") ? builder.tls(TlsSettings.of(new TlsMaterial(AUTHORITY.trust(), null)))
				: builder;
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void everyMethodIsAnswered(HttpWay way) {
		String version = way.version.equals("2") ? "HTTP/2.0" : "HTTP/1.1";
		byte[] body = new byte[3];
		try (ClientHandle<ScalesHttpClient> client = client(way).build()) {
			ScalesHttpClient http = client.proxy();
			assertThat(http.get("/a").text()).isEqualTo(version + " GET /a");
			assertThat(http.delete("/a").text()).isEqualTo(version + " DELETE /a");
			assertThat(http.post("/a", "text/plain", body).text()).isEqualTo(version + " POST /a");
			assertThat(http.put("/a", "text/plain", body).text()).isEqualTo(version + " PUT /a");
			assertThat(http.patch("/a", "text/plain", body).text()).isEqualTo(version + " PATCH /a");
			assertThat(http.head("/a").status()).isEqualTo(200);
			assertThat(http.get("/status/404").status()).isEqualTo(404);
			assertThat(http.get("/status/204").status()).isEqualTo(204);
		}
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void largeBodiesGoBothWaysCompressedToo(HttpWay way) {
		byte[] body = new byte[3 << 20];
		Arrays.fill(body, (byte) 'x');
		try (ClientHandle<ScalesHttpClient> client = client(way).option("gzip", "true").build()) {
			assertThat(client.proxy().post("/echo", "application/octet-stream", body).body()).isEqualTo(body);
			ScalesHttpRequest plain = ScalesHttpRequest.of("POST", "/echo")
				.header("Accept-Encoding", "identity")
				.body(body);
			assertThat(client.proxy().exchange(plain).body()).isEqualTo(body);
		}
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void manyCallsAtOnceAllHaveTheirAnswers(HttpWay way) throws Exception {
		try (ClientHandle<ScalesHttpClient> client = client(way).build()) {
			List<CompletableFuture<ScalesHttpResponse>> answers = new ArrayList<>();
			for (int i = 0; i < 300; i++) {
				answers.add(client.proxy().getAsync("/" + i));
			}
			for (int i = 0; i < answers.size(); i++) {
				assertThat(answers.get(i).get(30, TimeUnit.SECONDS).text()).endsWith(" GET /" + i);
			}
		}
	}

	@ParameterizedTest
	@EnumSource(HttpWay.class)
	void aCallThatTimesOutLeavesTheOthersAlone(HttpWay way) throws Exception {
		try (ClientHandle<ScalesHttpClient> client = client(way).methodTimeout("put", Duration.ofMillis(100)).build()) {
			client.proxy().get("/warm");
			CompletableFuture<ScalesHttpResponse> slow = client.proxy().getAsync("/slow");
			assertThatExceptionOfType(CallTimeoutException.class)
				.isThrownBy(() -> client.proxy().put("/slow", "text/plain", new byte[0]));
			assertThat(client.proxy().get("/a").text()).endsWith(" GET /a");
			assertThat(slow.get(30, TimeUnit.SECONDS).text()).endsWith(" GET /slow");
		}
	}

}
