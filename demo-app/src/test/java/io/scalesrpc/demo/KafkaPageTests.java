package io.scalesrpc.demo;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

/** The page of Kafka, with its broker. */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
class KafkaPageTests {

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@DynamicPropertySource
	static void freePorts(DynamicPropertyRegistry registry) throws IOException {
		List<Integer> ports = freePorts(12);
		registry.add("demo.pricing.ports", () -> ports.subList(0, 5));
		registry.add("demo.chain.front-port", () -> ports.get(5));
		registry.add("demo.chain.back-port", () -> ports.get(6));
		registry.add("demo.stock.ports", () -> ports.subList(7, 10));
		registry.add("demo.kafka.enabled", () -> true);
		registry.add("demo.kafka.port", () -> ports.get(10));
		registry.add("demo.kafka.controller-port", () -> ports.get(11));
		registry.add("scales.clients.orders.uri", () -> "tcp://localhost:" + ports.get(10));
		registry.add("scales.clients.orders.timeout", () -> "10s");
	}

	private static List<Integer> freePorts(int count) throws IOException {
		List<ServerSocket> sockets = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
		}
		List<Integer> ports = sockets.stream().map(ServerSocket::getLocalPort).toList();
		for (ServerSocket socket : sockets) {
			socket.close();
		}
		return ports;
	}

	private String send(String method, String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.method(method, BodyPublishers.noBody())
			.build();
		return this.http.send(request, BodyHandlers.ofString()).body();
	}

	@Test
	void ordersAreRecordsAndABrokerThatStopsIsAFailureThatSaysSo() throws Exception {
		assertThat(send("GET", "/kafka.html")).contains("What a consumer reads");
		assertThat(send("GET", "/api/kafka/broker")).contains("\"running\":true");
		assertThat(send("POST", "/api/kafka/orders?count=100")).isEqualTo("{\"written\":100}");
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

}
