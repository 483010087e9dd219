package io.scalesrpc.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.util.List;

import brave.handler.MutableSpan;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Import;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of Kafka, with its broker. */
@Import(Spans.class)
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@ExtendWith(OutputCaptureExtension.class)
class KafkaPageTests {

	private static final Logger logger = LoggerFactory.getLogger(KafkaPageTests.class);

	@Autowired
	private Spans spans;

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void freePorts(DynamicPropertyRegistry registry) {
		List<Integer> ports = FreePorts.register(registry);
		registry.add("demo.kafka.enabled", () -> true);
		registry.add("demo.kafka.port", () -> ports.get(0));
		registry.add("demo.kafka.controller-port", () -> ports.get(1));
		registry.add("scales.clients.orders.uri", () -> "tcp://localhost:" + ports.get(0));
		registry.add("scales.clients.orders.timeout", () -> "10s");
	}

	private String send(String method, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.method(method, BodyPublishers.noBody())
			.build();
		return this.http.send(request, BodyHandlers.ofString()).body();
	}

	/** What docs/observability.md shows. */
	@Test
	void aViewIsOneTraceFromTheRequestToTheRecord(CapturedOutput output) throws Exception {
		this.spans.ended.clear();
		send("POST", "/api/chain/views/anvil");
		List<MutableSpan> trace = this.spans.await(6);
		String id = trace.get(0).traceId();
		assertThat(trace).extracting(MutableSpan::traceId).containsOnly(id);
		List<String> tree = Spans.tree(trace, null, "");
		logger.info("A trace:\n{}", String.join("\n", tree));
		List<String> shown = shown();
		assertThat(tree).map(KafkaPageTests::shape)
			.containsExactlyElementsOf(
					shown.stream().filter((line) -> line.endsWith(" ms")).map(KafkaPageTests::shape).toList())
			.hasSize(6);
		assertThat(send("GET", "/api/kafka/records?topic=clicks")).contains("\"traceparent\":\"00-" + id + "-");
		List<String> logged = output.getOut().lines().filter((line) -> line.contains("a view of anvil")).toList();
		logger.info("Its lines:\n{}", String.join("\n", logged));
		assertThat(logged).hasSize(3).allSatisfy((line) -> assertThat(line).contains(id));
		assertThat(logged).map(KafkaPageTests::shape)
			.containsExactlyElementsOf(shown.stream()
				.filter((line) -> line.contains("a view of anvil"))
				.map(KafkaPageTests::shape)
				.toList());
	}

	/** The trace and its lines as the document shows them. */
	private static List<String> shown() throws IOException {
		String document = Files.readString(Prometheus.docs("observability.md"));
		return document.substring(document.indexOf("### One request"), document.indexOf("### Without Spring"))
			.lines()
			.toList();
	}

	/** Without times, ids and threads. */
	private static String shape(String line) {
		return line.replaceAll(" [0-9.]+ ms$", "")
			.replaceAll("^\\S+Z", "")
			.replaceAll("[0-9a-f]{32}-[0-9a-f]{16}", "ID")
			.replaceAll("[0-9]+ --- \\[shop] \\[[^\\]]*]", "");
	}

	@Test
	void ordersAreRecordsAndABrokerThatStopsIsAFailureThatSaysSo() throws Exception {
		assertThat(send("GET", "/kafka.html")).contains("What a consumer reads");
		assertThat(send("GET", "/api/kafka/broker")).contains("\"running\":true");
		assertThat(placeOrders("/api/kafka/orders?count=100")).isEqualTo("{\"written\":100}");
		assertThat(send("GET", "/api/kafka/records")).contains("customer-", "\"tenant\":\"demo\"", "anvil");
		assertThat(send("POST", "/api/kafka/clicks")).isEmpty();
		assertThat(send("GET", "/actuator/scales/orders")).contains("\"topics\"", "\"orders\":[");
		assertThat(send("POST", "/api/kafka/broker?running=false")).contains("\"running\":false");
		assertThat(send("GET", "/api/kafka/records")).isEqualTo("[]");
		assertThat(send("POST", "/api/kafka/orders?count=1")).containsAnyOf("TIMEOUT: no answer within",
				"NOT_SENT: not sent in time");
		assertThat(send("GET", "/actuator/scales/orders")).contains("no broker");
		assertThat(send("POST", "/api/kafka/broker?running=true")).contains("\"running\":true");
		assertThat(send("POST", "/api/kafka/orders?count=1")).isEqualTo("{\"written\":1}");
	}

	/** A cold broker on a busy machine may take longer for a partition's first record. */
	private String placeOrders(String path) throws Exception {
		String answer = send("POST", path);
		for (int i = 0; i < 5 && !answer.matches("\\{\"written\":\\d+}"); i++) {
			answer = send("POST", path);
		}
		return answer;
	}

}
