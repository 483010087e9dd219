package io.scalesrpc.spring.http;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import javax.net.ssl.SSLContext;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.testing.TestAuthority;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.ssl.DefaultSslBundleRegistry;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Clients whose uri begins with https://, to a server of the JDK. */
class HttpsUriTests {

	private static final TestAuthority AUTHORITY = new TestAuthority("Authority");

	private final DefaultSslBundleRegistry bundles = new DefaultSslBundleRegistry("servers",
			SslBundle.of(null, null, null, null, SslManagerBundle.of(AUTHORITY.certificate("c"), AUTHORITY.trust())));

	private HttpsServer server;

	@BeforeEach
	void start() throws Exception {
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(AUTHORITY.certificate("localhost").getKeyManagers(), null, null);
		this.server = HttpsServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0);
		this.server.setHttpsConfigurator(new HttpsConfigurator(context));
		this.server.createContext("/", (exchange) -> {
			exchange.sendResponseHeaders(200, 2);
			exchange.getResponseBody().write(new byte[] { 'o', 'k' });
			exchange.close();
		});
		this.server.start();
	}

	@AfterEach
	void stop() {
		this.server.stop(0);
	}

	private ApplicationContextRunner application(String scheme, String... properties) {
		return Contexts.bare()
			.withConfiguration(AutoConfigurations.of(ScalesHttpAutoConfiguration.class))
			.withBean(DefaultSslBundleRegistry.class, () -> this.bundles)
			.withPropertyValues(
					"scales.clients.users.uri=" + scheme + "://localhost:" + this.server.getAddress().getPort(),
					"scales.clients.users.protocol=http", "scales.clients.users.close-grace=0s",
					"scales.clients.users.connect-timeout=5s", "scales.clients.users.timeout=2s")
			.withPropertyValues(properties)
			.withUserConfiguration(HttpInterfaceTests.Ready.class);
	}

	@Test
	void aBundleSaysWhomToTrust() {
		application("https", "scales.clients.users.ssl.bundle=servers").run((context) -> {
			assertThat(context.getBean(ScalesHttpClient.class).get("/").text()).isEqualTo("ok");
			RestClient rest = RestClient.builder()
				.requestFactory(
						new ScalesClientHttpRequestFactory(context.getBean(ScalesClientRegistry.class), "users"))
				.build();
			assertThat(rest.get().uri("https://users/").retrieve().body(String.class)).isEqualTo("ok");
			assertThat(rest.get().uri("http://users/").retrieve().body(String.class)).isEqualTo("ok");
		});
	}

	@Test
	void withoutOneTheAuthoritiesOfTheRuntimeAreTrusted() {
		application("https").run((context) -> assertThatExceptionOfType(NotSentException.class)
			.isThrownBy(() -> context.getBean(ScalesHttpClient.class).get("/"))
			.withMessageContaining("no trusted authority has signed the certificate of the server"));
	}

	@Test
	void theOtherSettingsOfTlsNeedNoBundle() {
		application("https", "scales.clients.users.ssl.server-name=another.example")
			.run((context) -> assertThatExceptionOfType(NotSentException.class)
				.isThrownBy(() -> context.getBean(ScalesHttpClient.class).get("/"))
				.withMessageContaining("TLS handshake with 'another.example' failed"));
	}

	@Test
	void aBundleBesideHttpStopsTheStart() {
		application("http", "scales.defaults.ssl.bundle=servers").run((context) -> assertThat(context).getFailure()
			.hasStackTraceContaining("(expected: https://, or neither TLS settings nor ssl.bundle)"));
	}

}
