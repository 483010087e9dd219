package io.scalesrpc.spring.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.testing.CalculatorServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.endpoint.SanitizingFunction;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the endpoint answers over HTTP is what docs/actuator-scales.schema.json says.
 */
class EndpointSchemaTests {

	private final JsonSchema schema = new JsonSchema(
			JsonMapper.shared().readTree(read(Path.of("..", "docs", "actuator-scales.schema.json"))));

	private final HttpClient http = HttpClient.newHttpClient();

	@Test
	void theAnswersFitTheSchema() throws Exception {
		try (CalculatorServer server = CalculatorServer.start();
				ConfigurableApplicationContext application = start(server)) {
			CalculatorClient client = application.getBean(CalculatorClient.class);
			for (int i = 1; i < 20; i++) {
				client.divide(4, i);
			}
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> client.divide(1, 0));
			assertFits(application, "", "");
			assertFits(application, "?settings=true", "");
			JsonNode seen = assertFits(application, "/calculator?settings=true", "client");
			assertThat(seen.at("/lastMinute/calls").asInt()).isEqualTo(20);
			assertThat(seen.at("/settings/client-id/value").asString()).as("sanitised").isEqualTo("******");
			assertThat(seen.at("/settings/timeout/property").asString()).isEqualTo("scales.clients.calculator.timeout");
			assertThat(seen.at("/settings/connect-timeout/property").isMissingNode()).as("a default").isTrue();
			JsonNode plain = assertFits(application, "/calculator", "client");
			assertThat(plain.has("settings")).isFalse();
		}
	}

	@Test
	void whatIsWrongFitsTheSchema() throws Exception {
		try (CalculatorServer server = CalculatorServer.start();
				ConfigurableApplicationContext application = start(server)) {
			server.server().close();
			CalculatorClient client = application.getBean(CalculatorClient.class);
			assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> client.divide(1, 1));
			JsonNode overview = assertFits(application, "", "");
			assertThat(overview.propertyNames().stream().toList()).as("first what is wrong")
				.startsWith("time", "problems");
			assertThat(overview.at("/problems/0/about").asString()).isEqualTo("members");
			assertThat(assertFits(application, "/calculator", "client").at("/members/0/since").isString()).isTrue();
		}
	}

	private JsonNode assertFits(ConfigurableApplicationContext application, String path, String definition)
			throws Exception {
		int port = ((WebServerApplicationContext) application).getWebServer().getPort();
		String body = this.http
			.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/actuator/scales" + path)).build(),
					BodyHandlers.ofString())
			.body();
		JsonNode json = JsonMapper.shared().readTree(body);
		assertThat(this.schema.problems(json, definition)).as(body).isEmpty();
		return json;
	}

	private static ConfigurableApplicationContext start(CalculatorServer server) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.cloud.zookeeper.enabled=false", "management.endpoints.web.exposure.include=scales",
					"scales.clients.calculator.uri=" + server.uri(), "scales.clients.calculator.timeout=3s",
					"scales.clients.calculator.client-id=hush",
					"scales.clients.calculator.circuit-breaker.enabled=true")
			.run();
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * The application. <em>Immutable</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScalesClients(clients = CalculatorClient.class)
	static class Application {

		@Bean
		SanitizingFunction secrets() {
			return (data) -> data.getKey().endsWith("client-id") ? data.withSanitizedValue() : data;
		}

	}

}
