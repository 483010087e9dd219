package io.scalesrpc.spring.health;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;

import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * A client that is down takes the application out of service only where it is to.
 */
class ReadinessTests {

	@ParameterizedTest
	@CsvSource({ "readinessState, 200", "'readinessState,scales', 503" })
	void readinessHeedsClientsOnlyWhereItIsTo(String members, int status) throws Exception {
		try (ConfigurableApplicationContext application = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.cloud.zookeeper.enabled=false", "management.endpoint.health.probes.enabled=true",
					"management.endpoint.health.group.readiness.include=" + members,
					"scales.clients.calculator.uri=tcp://localhost:1", "scales.defaults.timeout=300ms")
			.run()) {
			assertThatException().isThrownBy(() -> application.getBean(CalculatorClient.class).divide(2, 1));
			int port = ((WebServerApplicationContext) application).getWebServer().getPort();
			String url = "http://127.0.0.1:" + port + "/actuator/health";
			assertThat(status(url)).isEqualTo(503);
			assertThat(status(url + "/readiness")).isEqualTo(status);
		}
	}

	private static int status(String url) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create(url)).build(), BodyHandlers.discarding())
			.statusCode();
	}

	/**
	 * The application. <em>Immutable</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScalesClients(clients = CalculatorClient.class)
	static class Application {

	}

}
