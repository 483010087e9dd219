package io.scalesrpc.spring.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.testing.CalculatorServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The state of circuit breakers set over HTTP, in a whole application.
 */
class CircuitBreakerOperationTests {

	private static final String UNRESTRICTED = "management.endpoint.scales.access=unrestricted";

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void calledByHandItOpensAndCloses() throws Exception {
		try (CalculatorServer server = CalculatorServer.start();
				ConfigurableApplicationContext application = start(server, UNRESTRICTED)) {
			CalculatorClient client = application.getBean(CalculatorClient.class);
			HttpResponse<String> forced = post(application, "calculator", "{\"state\": \"forced-open\"}");
			assertThat(forced.statusCode()).isEqualTo(200);
			assertThat(forced.body()).contains("\"scope\":\"*\",\"state\":\"forced-open\"");
			assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.divide(4, 2))
				.withMessageContaining("forced open: set by somebody unknown, through the actuator");
			assertThat(post(application, "calculator", "{\"scope\": \"*\", \"state\": \"CLOSED\"}").statusCode())
				.isEqualTo(200);
			assertThat(client.divide(4, 2)).isEqualTo(2);
		}
	}

	@Test
	void itIsOffUnlessEnabled() throws Exception {
		try (CalculatorServer server = CalculatorServer.start();
				ConfigurableApplicationContext application = start(server, "server.port=0")) {
			assertThat(post(application, "calculator", "{\"state\": \"forced-open\"}").statusCode()).isEqualTo(405);
			assertThat(get(application).body()).contains("\"scope\":\"*\",\"state\":\"closed\"");
			assertThat(application.getBean(CalculatorClient.class).divide(4, 2)).isEqualTo(2);
		}
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			calculator | {"state": "ajar"}
			calculator | {"scope": "divide"}
			calculator | {"state": "open", "scope": "divide"}
			other      | {"state": "open"}
			""")
	void whatIsNotThereIsRefused(String client, String body) throws Exception {
		try (CalculatorServer server = CalculatorServer.start();
				ConfigurableApplicationContext application = start(server, UNRESTRICTED)) {
			assertThat(post(application, client, body).statusCode()).isEqualTo(400);
			assertThat(get(application).body()).contains("\"scope\":\"*\",\"state\":\"closed\"");
		}
	}

	private static ConfigurableApplicationContext start(CalculatorServer server, String property) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.cloud.zookeeper.enabled=false", "management.endpoints.web.exposure.include=scales",
					"scales.clients.calculator.uri=" + server.uri(),
					"scales.clients.calculator.circuit-breaker.enabled=true", property)
			.run();
	}

	private HttpResponse<String> post(ConfigurableApplicationContext application, String client, String body)
			throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(application, client))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	private HttpResponse<String> get(ConfigurableApplicationContext application)
			throws IOException, InterruptedException {
		return this.http.send(HttpRequest.newBuilder(uri(application, "calculator")).build(), BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext application, String client) {
		int port = ((WebServerApplicationContext) application).getWebServer().getPort();
		return URI.create("http://127.0.0.1:" + port + "/actuator/scales/" + client);
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
