package io.scalesrpc.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import com.jayway.jsonpath.JsonPath;
import org.assertj.core.api.SoftAssertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.actuate.audit.AuditEventRepository;
import org.springframework.boot.actuate.audit.InMemoryAuditEventRepository;
import org.springframework.boot.actuate.audit.listener.AuditListener;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The twelve questions of docs/operations.md, each asked as it says there, of the demo in
 * trouble.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = {
		"management.endpoint.scales.access=unrestricted", "scales.chaos-allowed=true",
		"scales.clients.pricing.balancer.type=aperture",
		"management.endpoints.web.exposure.include=scales,prometheus,auditevents",
		"spring.autoconfigure.exclude=org.springframework.boot.actuate.autoconfigure.audit.AuditAutoConfiguration" })
class QuestionsTests {

	private static final Logger logger = LoggerFactory.getLogger(QuestionsTests.class);

	/** What is in the answer, in the order of the questions. */
	private static final List<String> ANSWERS = List.of("(?s).*forced open.*", "\\[\"localhost:\\d+\".*",
			"(?s).*\"problem\":\"[^\"]*(out for|probe)[^\"]*\".*\"since\":\"20.*", "(?s).*retries.*budget.*",
			"(?s).*\"not[-_]sent\":\\d+.*", "(?s).*\"callsPerSecond\":[1-9].*\"p99Millis\":[1-9].*",
			"(?s).*\"catalogue\".*forced-open.*", "(?s).*withheld.*", "(?s).*too many are in flight.*",
			"(?s).*\"ageMillis\":\\d+.*\"members\":5.*", "(?s).*\"500ms\".*scales.defaults.timeout.*application.yml.*",
			"(?s).*concurrency-limit.max.*\"value\":\"4\".*");

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void freePorts(DynamicPropertyRegistry registry) {
		FreePorts.register(registry);
	}

	@Test
	void eachIsAnsweredByOneRequestAndByOneQuery() throws Exception {
		List<Question> questions = questions();
		assertThat(questions).hasSize(12);
		try (Prometheus prometheus = Files.isExecutable(Prometheus.SERVER) ? new Prometheus(this.port) : null) {
			trouble();
			Traffic traffic = new Traffic();
			traffic.start();
			try {
				traffic.round();
				traffic.round();
				SoftAssertions all = new SoftAssertions();
				for (int i = 0; i < questions.size(); i++) {
					Question asked = questions.get(i);
					String answer = answer(asked, ANSWERS.get(i));
					logger.info("{} {}", asked.text(), answer);
					all.assertThat(answer).as(asked.text()).matches(ANSWERS.get(i));
				}
				all.assertAll();
				for (Question asked : questions) {
					ask(asked, prometheus);
				}
			}
			finally {
				traffic.end();
			}
		}
	}

	/** How soon trouble shows depends on how many calls a machine makes meanwhile. */
	private String answer(Question asked, String pattern) throws Exception {
		String answer = asked.answer(get("/actuator" + asked.path()));
		for (int again = 0; again < 150 && !answer.matches(pattern); again++) {
			Thread.sleep(200);
			answer = asked.answer(get("/actuator" + asked.path()));
		}
		return answer;
	}

	/** Without a Prometheus: whether there is what the query is about. */
	private void ask(Question asked, @Nullable Prometheus prometheus) throws Exception {
		if (asked.query().isEmpty()) {
			return;
		}
		if (prometheus != null) {
			logger.info("{} {}", asked.query(), prometheus.answer(asked.query()));
			return;
		}
		String scraped = get("/actuator/prometheus");
		Stream.of(asked.query().split("[^a-z_0-9]"))
			.filter((word) -> word.startsWith("scales_"))
			.forEach((meter) -> assertThat(scraped).contains("\n" + meter));
	}

	private void trouble() throws Exception {
		post("/api/live/servers/pricing-5?manner=SLOW", "");
		post("/api/load?calls=300&concurrency=8", "");
		JsonNode stock = JsonMapper.shared().readTree(get("/api/http/members"));
		post("/api/http/members/" + stock.get(2).get("port").asInt() + "?manner=FAILING", "");
		post("/actuator/scales/pricing", "{\"state\": \"forced-open\", \"scope\": \"catalogue\"}");
		set("stock", "member-breaker.consecutive-failures", "1");
		set("concurrency-limit.max", "4");
		set("retry.budget.ratio", "0");
		set("retry.budget.min-per-second", "0");
		set("chaos.nack.percent", "60");
	}

	private void set(String setting, String value) throws Exception {
		set("pricing", setting, value);
	}

	private void set(String client, String setting, String value) throws Exception {
		assertThat(post("/actuator/scales/" + client + "/settings/" + setting, "{\"value\": \"" + value + "\"}"))
			.contains("\"name\":\"" + client + "\"");
	}

	/** The table of the document. */
	private static List<Question> questions() throws IOException {
		String document = Files.readString(Prometheus.docs("operations.md"));
		int start = document.indexOf("## Twelve questions");
		String section = document.substring(start, document.indexOf("\n## ", start));
		return section.lines()
			.filter((line) -> line.startsWith("| ") && line.contains("`/"))
			.map(Question::of)
			.toList();
	}

	private String get(String path) throws Exception {
		HttpResponse<String> answer = this.http.send(HttpRequest.newBuilder(uri(path)).build(),
				BodyHandlers.ofString());
		assertThat(answer.statusCode()).as(path).isEqualTo(200);
		return answer.body();
	}

	private String post(String path, String body) throws Exception {
		return this.http
			.send(HttpRequest.newBuilder(uri(path))
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofString(body))
				.build(), BodyHandlers.ofString())
			.body();
	}

	private URI uri(String path) {
		return URI.create("http://localhost:" + this.port + path);
	}

	/**
	 * A line of the table. <em>Immutable</em>.
	 *
	 * @param text the question
	 * @param path the request, below the actuator's
	 * @param at where in its JSON
	 * @param query the query, or nothing
	 */
	private record Question(String text, String path, String at, String query) {

		static Question of(String line) {
			String[] cells = line.replace("\\|", "\u0000").split("\\|");
			return new Question(cells[1].strip(), code(cells[2]), code(cells[3]), code(cells[4]));
		}

		private static String code(String cell) {
			return cell.strip().replace("`", "").replace('\u0000', '|');
		}

		String answer(String json) {
			Object found = JsonPath.read(json, this.at);
			return JsonMapper.shared().writeValueAsString(found);
		}

	}

	/** Calls that meet the trouble, again and again. <em>Thread-safe</em>. */
	private final class Traffic extends Thread {

		private final AtomicBoolean over = new AtomicBoolean();

		@Override
		public void run() {
			try {
				while (!this.over.get()) {
					round();
					Thread.sleep(200);
				}
			}
			catch (Exception ex) {
				logger.info("No more traffic", ex);
			}
		}

		void round() throws Exception {
			post("/api/load?calls=100&concurrency=16", "");
			post("/api/http/load?calls=20&concurrency=4", "");
		}

		void end() throws InterruptedException {
			this.over.set(true);
			join();
		}

	}

	/** Keeps what was changed. <em>Stateless</em>. */
	@TestConfiguration(proxyBeanMethods = false)
	static class Audit {

		@Bean
		AuditEventRepository auditEvents() {
			return new InMemoryAuditEventRepository();
		}

		/** As Spring Boot does where Spring Security is whole. */
		@Bean
		AuditListener auditListener(AuditEventRepository repository) {
			return new AuditListener(repository);
		}

	}

}
