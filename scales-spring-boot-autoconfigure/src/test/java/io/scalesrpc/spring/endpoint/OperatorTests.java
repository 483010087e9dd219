package io.scalesrpc.spring.endpoint;

import java.io.BufferedReader;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import javax.management.MBeanServer;
import javax.management.ObjectName;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.testing.CalculatorServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.actuate.audit.AuditEvent;
import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.audit.listener.AuditListener;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What operators do over HTTP and JMX, in a whole application with two members.
 */
class OperatorTests {

	private static final HttpClient HTTP = HttpClient.newHttpClient();

	private static CalculatorServer one;

	private static CalculatorServer other;

	private static ConfigurableApplicationContext application;

	@BeforeAll
	static void start() {
		one = CalculatorServer.start();
		other = CalculatorServer.start();
		application = start("management.endpoint.scales.access=unrestricted");
	}

	private static ConfigurableApplicationContext start(String property) {
		return new SpringApplicationBuilder(Application.class).web(WebApplicationType.SERVLET)
			.properties("server.port=0", "server.address=127.0.0.1", "spring.main.banner-mode=off",
					"spring.cloud.zookeeper.enabled=false", "management.endpoints.web.exposure.include=scales",
					"management.endpoints.jmx.exposure.include=scales", "spring.jmx.enabled=true",
					"spring.autoconfigure.exclude=org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration",
					"management.endpoint.scales.stream.enabled=true",
					"scales.clients.calculator.uri=" + one.uri() + ",localhost:" + other.port(),
					"scales.clients.calculator.timeout=4s", "scales.clients.calculator.balancer.type=round-robin",
					property)
			.run();
	}

	@AfterAll
	static void stop() {
		application.close();
		one.close();
		other.close();
	}

	@Test
	void aMemberIsDrainedAndRestored() throws Exception {
		String member = "/calculator/members/localhost:" + one.port();
		HttpResponse<String> drained = post(member, "{\"value\": \"drain\", \"duration\": \"10m\"}");
		assertThat(drained.statusCode()).as(drained.body()).isEqualTo(200);
		assertThat(drained.body()).contains("drained by somebody unknown, through the actuator, for 5")
			.contains("\"about\":\"member\"");
		int before = one.calls().get();
		call(20);
		assertThat(one.calls().get()).isEqualTo(before);
		assertThat(send("DELETE", member, "").statusCode()).isEqualTo(200);
		call(20);
		assertThat(one.calls().get()).isGreaterThan(before);
		assertThat(last().getType()).isEqualTo("SCALES_MEMBER");
		assertThat(last().getData()).containsAllEntriesOf(Map.of("client", "calculator", "subject",
				"localhost:" + one.port(), "value", "restore", "outcome", "done"));
	}

	@Test
	void aMemberIsEjectedAndIsStillThereWhenNoOtherIs() throws Exception {
		String first = "/calculator/members/localhost:" + one.port();
		String second = "/calculator/members/localhost:" + other.port();
		assertThat(post(first, "{\"value\": \"eject\"}").statusCode()).isEqualTo(200);
		int before = one.calls().get();
		call(20);
		assertThat(one.calls().get()).isEqualTo(before);
		post(second, "{\"value\": \"drain\"}");
		call(3);
		assertThat(one.calls().get()).isEqualTo(before + 3);
		post(first, "{\"value\": \"drain\"}");
		CalculatorClient client = application.getBean(CalculatorClient.class);
		assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.divide(1, 1))
			.withMessageContaining("drained by");
		post(first, "{\"value\": \"restore\"}");
		post(second, "{\"value\": \"restore\"}");
		call(4);
	}

	@Test
	void aSettingIsSetForATimeAndGivenBack() throws Exception {
		String setting = "/calculator/settings/retry.max-attempts";
		HttpResponse<String> set = post(setting, "{\"value\": \"1\", \"duration\": \"5m\"}");
		assertThat(set.statusCode()).as(set.body()).isEqualTo(200);
		assertThat(attempts()).isEqualTo("1");
		assertThat(last().getData()).containsEntry("duration", "5m").containsEntry("value", "1");
		assertThat(send("DELETE", setting, "").statusCode()).isEqualTo(200);
		assertThat(attempts()).isEqualTo("3");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/calculator/members/nowhere:1             | drain  | | member: nowhere:1 (expected: one of [
			/calculator/members/localhost:1           | sink   | | value: sink (expected: drain, eject or restore)
			/calculator/settings/uri                  | tcp:// | | setting: uri (expected: one that may change
			/calculator/settings/retry.max-attempts   | 0      | | scales.clients.calculator.retry.max-attempts
			/calculator/settings/retry.max-attempts   | many   | | retry.max-attempts
			/calculator/settings/timeout              | 1s     | 2d | duration: PT48H (expected: above 0, at most 1 day)
			/calculator/members/localhost:1           | drain  | soon | duration: soon (expected: a time such as 10m)
			/other/settings/timeout                   | 1s     | | client: other (expected: one of [calculator])
			/other/members/localhost:1                | drain  | | client: other (expected: one an interface names
			""")
	void whatIsNotRightIsRefusedWithItsTextAndAudited(String path, String value, String duration, String text)
			throws Exception {
		String limit = (duration != null) ? ", \"duration\": \"" + duration + "\"" : "";
		HttpResponse<String> answer = post(path, "{\"value\": \"" + value + "\"" + limit + "}");
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(String.valueOf(last().getData().get("reason"))).contains(text);
		assertThat(last().getData()).containsEntry("outcome", "refused");
		assertThat(attempts()).isEqualTo("3");
	}

	@Test
	void withoutLeaveNothingChanges() throws Exception {
		try (ConfigurableApplicationContext guarded = start("spring.jmx.enabled=false")) {
			String uri = uri(guarded) + "/calculator/members/localhost:" + one.port();
			assertThat(send("POST", URI.create(uri), "{\"value\": \"drain\"}").statusCode()).isEqualTo(404);
			assertThat(send("DELETE", URI.create(uri), "").statusCode()).isEqualTo(404);
		}
	}

	@Test
	void theSameIsThereOverJmx() throws Exception {
		MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
		ObjectName name = new ObjectName("org.springframework.boot:type=Endpoint,name=Scales");
		assertThat(
				beans
					.invoke(name, "change", new Object[] { "calculator", "settings", "retry.max-attempts", "2", "5m" },
							new String[] { String.class.getName(), String.class.getName(), String.class.getName(),
									String.class.getName(), String.class.getName() }))
			.asString()
			.contains("max-attempts");
		assertThat(attempts()).isEqualTo("2");
		beans.invoke(name, "restore", new Object[] { "calculator", "settings", "retry.max-attempts" },
				new String[] { String.class.getName(), String.class.getName(), String.class.getName() });
		assertThat(attempts()).isEqualTo("3");
	}

	@Test
	void theOverviewIsSentOnceASecondToWhoeverAcceptsAStream() throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create(uri(application)))
			.header("Accept", "text/event-stream")
			.build();
		HttpResponse<InputStream> answer = HTTP.send(request, BodyHandlers.ofInputStream());
		assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
		try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
			JsonNode first = event(lines);
			long start = System.nanoTime();
			closeChild();
			JsonNode second = event(lines);
			event(lines);
			assertThat(first.at("/clients/calculator/state").isString()).isTrue();
			assertThat(first.at("/clients/calculator/settings").isMissingNode()).isTrue();
			assertThat(second.at("/time").asString()).isGreaterThan(first.at("/time").asString());
			assertThat(System.nanoTime() - start).isGreaterThan(500_000_000L);
		}
		HttpResponse<String> plain = HTTP.send(
				HttpRequest.newBuilder(URI.create(uri(application))).header("Accept", "*/*").build(),
				BodyHandlers.ofString());
		assertThat(plain.headers().firstValue("Content-Type").orElse("")).contains("json");
	}

	/** Its end is told to its parents as well. */
	private static void closeChild() {
		AnnotationConfigApplicationContext child = new AnnotationConfigApplicationContext();
		child.setParent(application);
		child.refresh();
		child.close();
	}

	static JsonNode event(BufferedReader lines) throws Exception {
		String line = lines.readLine();
		while (line != null && !line.startsWith("data:")) {
			line = lines.readLine();
		}
		assertThat(line).isNotNull();
		return JsonMapper.shared().readTree(line.substring("data:".length()));
	}

	private static void call(int times) throws Exception {
		for (int i = 0; i < times; i++) {
			application.getBean(CalculatorClient.class).divide(1, 1);
		}
	}

	private static AuditEvent last() {
		var events = application.getBean(AuditEventRepository.class).find(null, null, null);
		return events.get(events.size() - 1);
	}

	private static String attempts() throws Exception {
		return JsonMapper.shared()
			.readTree(send("GET", "/calculator?settings=true", "").body())
			.at("/settings/retry.max-attempts/value")
			.asString();
	}

	private static HttpResponse<String> post(String path, String body) throws Exception {
		return send("POST", path, body);
	}

	private static HttpResponse<String> send(String method, String path, String body) throws Exception {
		return send(method, URI.create(uri(application) + path), body);
	}

	/** On a connection of its own: one that is kept may be closed when it is used. */
	private static HttpResponse<String> send(String method, URI uri, String body) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri)
				.header("Content-Type", "application/json")
				.method(method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString());
	}

	private static String uri(ConfigurableApplicationContext of) {
		return "http://127.0.0.1:" + ((WebServerApplicationContext) of).getWebServer().getPort() + "/actuator/scales";
	}

	/**
	 * The application. <em>Immutable</em>.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScalesClients(clients = CalculatorClient.class)
	static class Application {

		/** As Spring Boot does where Spring Security is whole. */
		@Bean
		AuditListener auditListener(AuditEventRepository repository) {
			return new AuditListener(repository);
		}

		@Bean
		AuditEventRepository auditEvents() {
			return new InMemoryAuditEventRepository();
		}

	}

}
