package io.scalesrpc.tls;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientBuilder;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.http.ScalesHttpClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** With the HTTPS server of the Java runtime. */
class HttpTlsTests {

	private static ClientBuilder<ScalesHttpClient> builder(int port) {
		return ScalesClients.builder(ScalesHttpClient.class)
			.protocol("http")
			.uri("tcp://localhost:" + port)
			.connectTimeout(Duration.ofSeconds(5))
			.closeGrace(Duration.ZERO)
			.tls(TlsContract.TRUSTING);
	}

	private static HttpsServer serving(KeyManagerFactory keys) throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys.getKeyManagers(), null, null);
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(context));
		server.createContext("/", (exchange) -> {
			byte[] body = "over TLS".getBytes(StandardCharsets.US_ASCII);
			exchange.sendResponseHeaders(200, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		server.start();
		return server;
	}

	@Test
	void requestsGoOverTls() throws Exception {
		HttpsServer server = serving(TlsContract.AUTHORITY.certificate("localhost"));
		try (ClientHandle<ScalesHttpClient> client = builder(server.getAddress().getPort()).build()) {
			for (int i = 0; i < 20; i++) {
				assertThat(client.proxy().get("/" + i).text()).isEqualTo("over TLS");
			}
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void aWrongHostIsRefused() throws Exception {
		HttpsServer server = serving(TlsContract.AUTHORITY.certificate("another.example"));
		try (ClientHandle<ScalesHttpClient> client = builder(server.getAddress().getPort()).build()) {
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().get("/"))
				.withMessageContaining(
						"TLS handshake with 'localhost' failed: the certificate is not one for that name");
		}
		finally {
			server.stop(0);
		}
	}

	@Test
	void aHandshakeThatStallsEndsWithTheConnectTimeout() throws Exception {
		try (ServerSocket silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress());
				ClientHandle<ScalesHttpClient> client = builder(silent.getLocalPort())
					.connectTimeout(Duration.ofMillis(100))
					.build()) {
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.proxy().get("/"))
				.withMessageContaining("no connection within 100 ms (the server has not finished the TLS handshake)");
		}
	}

	@Test
	void http2OverTlsIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> builder(1).option("version", "2").build())
			.withMessage("option version: 2 (expected: 1.1 with TLS)");
	}

}
