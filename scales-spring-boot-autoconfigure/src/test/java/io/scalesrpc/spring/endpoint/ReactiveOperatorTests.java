package io.scalesrpc.spring.endpoint;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.CalculatorServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The endpoint over Spring WebFlux: what it shows, changes, and sends once a second.
 */
class ReactiveOperatorTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static CalculatorServer server;

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		server = CalculatorServer.start();
		application = new SpringApplicationBuilder(OperatorTests.Application.class).web(WebApplicationType.REACTIVE)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.cloud.zookeeper.enabled=false", "management.endpoints.web.exposure.include=scales",
					"spring.autoconfigure.exclude=org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration",
					"management.endpoint.scales.stream.enabled=true", "management.endpoint.scales.access=unrestricted",
					"server.shutdown=graceful", "scales.clients.calculator.uri=" + server.uri() + ",localhost:1",
					"scales.clients.calculator.timeout=400ms")
			.run();
	}

	@AfterAll
	static void stop() {
		application.close();
		server.close();
	}

	@Test
	void clientsAreShown() throws Exception {
		application.getBean(CalculatorClient.class).divide(4, 2);
		HttpResponse<String> overview = send("GET", "", "");
		assertThat(overview.headers().firstValue("Content-Type").orElse("")).contains("json");
		assertThat(JsonMapper.shared().readTree(overview.body()).at("/clients/calculator/lastMinute/calls").asInt())
			.isPositive();
		HttpResponse<String> client = send("GET", "/calculator?settings=true", "");
		assertThat(JsonMapper.shared().readTree(client.body()).at("/settings/timeout/value").asString())
			.isEqualTo("400ms");
		assertThat(send("GET", "/nobody", "").statusCode()).isEqualTo(404);
	}

	@Test
	void membersAndSettingsAreChangedAndGivenBack() throws Exception {
		String member = "/calculator/members/localhost:" + server.port();
		HttpResponse<String> drained = send("POST", member, "{\"value\": \"drain\", \"duration\": \"10m\"}");
		assertThat(drained.statusCode()).as(drained.body()).isEqualTo(200);
		assertThat(drained.body()).contains("drained by somebody unknown, through the actuator, for 5");
		assertThat(send("DELETE", member, "").body()).doesNotContain("drained by");
		String setting = "/calculator/settings/retry.max-attempts";
		assertThat(send("POST", setting, "{\"value\": \"1\", \"duration\": \"5m\"}").statusCode()).isEqualTo(200);
		assertThat(attempts()).isEqualTo("1");
		assertThat(send("DELETE", setting, "").statusCode()).isEqualTo(200);
		assertThat(attempts()).isEqualTo("3");
		assertThat(send("POST", "/calculator/members/nowhere:1", "{\"value\": \"drain\"}").statusCode()).isEqualTo(400);
		var audited = application.getBean(AuditEventRepository.class).find(null, null, "SCALES_MEMBER");
		assertThat(String.valueOf(audited.get(audited.size() - 1).getData().get("reason")))
			.startsWith("member: nowhere:1 (expected: one of [");
	}

	@Test
	void theOverviewIsSentOnceASecondAndGoesOnWhenAChildContextCloses() throws Exception {
		HttpResponse<InputStream> answer = exchange(stream(), BodyHandlers.ofInputStream());
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
			JsonNode first = OperatorTests.event(lines);
			assertThat(first.at("/clients/calculator/state").isString()).isTrue();
			long start = System.nanoTime();
			closeChild();
			OperatorTests.event(lines);
			JsonNode third = OperatorTests.event(lines);
			assertThat(third.at("/time").asString()).isGreaterThan(first.at("/time").asString());
			assertThat(System.nanoTime() - start).isGreaterThan(500_000_000L);
		}
	}

	@Test
	void oneReaderTooManyIsRefused() throws Exception {
		List<InputStream> readers = new ArrayList<>();
		HttpResponse<InputStream> answer = exchange(stream(), BodyHandlers.ofInputStream());
		while (answer.statusCode() == 200 && readers.size() <= OverviewJson.MOST) {
			assertThat(answer.body().read()).isEqualTo('d');
			readers.add(answer.body());
			answer = exchange(stream(), BodyHandlers.ofInputStream());
		}
		assertThat(answer.statusCode()).isEqualTo(400);
		// Readers of another test may not be missed yet.
		assertThat(readers).hasSizeBetween(OverviewJson.MOST - 2, OverviewJson.MOST);
		for (InputStream reader : readers) {
			reader.close();
		}
	}

	/** Its end is told to its parents as well. */
	private static void closeChild() {
		AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
		child.setParent(application);
		child.refresh();
		child.close();
	}

	private static String attempts() throws Exception {
		return JsonMapper.shared()
			.readTree(send("GET", "/calculator?settings=true", "").body())
			.at("/settings/retry.max-attempts/value")
			.asString();
	}

	private static HttpRequest stream() {
		return HttpRequest.newBuilder(URI.create(uri())).header("Accept", "text/event-stream").build();
	}

	private static HttpResponse<String> send(String method, String path, String body) throws Exception {
		return exchange(HttpRequest.newBuilder(URI.create(uri() + path))
			.header("Content-Type", "application/json")
			.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
			.build(), BodyHandlers.ofString());
	}

	/**
	 * WebFlux on Tomcat may interrupt the thread that writes why a request is refused,
	 * once the error is handled: then the connection ends without a byte. What is asked
	 * again here is refused again.
	 */
	private static <T> HttpResponse<T> exchange(HttpRequest request, BodyHandler<T> body) throws Exception {
		for (int attempt = 1;; attempt++) {
			try {
				return HTTP.send(request, body);
			}
			catch (IOException ex) {
				if (attempt == 20) {
					throw ex;
				}
			}
		}
	}

	private static String uri() {
		return "http://127.0.0.1:" + ((WebServerApplicationContext) application).getWebServer().getPort()
				+ "/actuator/scales";
	}

}
