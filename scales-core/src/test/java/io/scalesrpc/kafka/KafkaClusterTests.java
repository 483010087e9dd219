package io.scalesrpc.kafka;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.testing.Eventually;
import io.scalesrpc.testing.Sockets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/** With a real broker. */
@Sockets
class KafkaClusterTests {

	private static KafkaCluster cluster;

	private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

	private final ClientHandle<ScalesKafkaClient> client = ScalesClients.builder(ScalesKafkaClient.class)
		.name("shop")
		.protocol("kafka")
		.uri(cluster.uri())
		.timeout(Duration.ofSeconds(20))
		.meterRegistry(this.meters)
		.build();

	@BeforeAll
	static void startCluster() {
		cluster = KafkaCluster.shared();
	}

	@AfterEach
	void close() {
		this.client.close();
		assertThat(this.meters.getMeters()).isEmpty();
	}

	@Test
	void recordsAreInTheLogOfTheirTopic() {
		cluster.topic("orders", 3);
		RecordMetadata written = this.client.proxy()
			.put("orders", "customer-7", "a", Map.of("tenant", "blue", "raw", new byte[] { 1 }));
		assertThat(written.topic()).isEqualTo("orders");
		List<ConsumerRecord<byte[], byte[]>> records = cluster.read("orders");
		assertThat(records).hasSize(1);
		ConsumerRecord<byte[], byte[]> record = records.get(0);
		assertThat(record.partition()).isEqualTo(written.partition());
		assertThat(record.offset()).isEqualTo(written.offset());
		assertThat(new String(record.key(), StandardCharsets.UTF_8)).isEqualTo("customer-7");
		assertThat(record.headers().lastHeader("tenant").value()).isEqualTo("blue".getBytes(StandardCharsets.UTF_8));
		assertThat(record.headers().lastHeader("raw").value()).containsExactly(1);
	}

	@Test
	void aListIsOneResult() {
		cluster.topic("lists", 2);
		List<RecordMetadata> written = this.client.proxy().put("lists", List.of("a", "b", "c"));
		assertThat(written).hasSize(3);
		assertThat(cluster.texts("lists")).containsExactlyInAnyOrder("a", "b", "c");
	}

	@Test
	void closingWaitsForWhatIsOnItsWay() {
		cluster.topic("last", 1);
		KafkaSettings.Batching lingering = new KafkaSettings.Batching(Duration.ofMillis(700), 16384, 1 << 20, "lz4",
				1 << 20);
		ClientHandle<ScalesKafkaClient> slow = ScalesClients.builder(ScalesKafkaClient.class)
			.protocol(new KafkaProtocol(KafkaSettings.DEFAULT.withBatching(lingering)))
			.uri(cluster.uri())
			.build();
		CompletableFuture<RecordMetadata> written = slow.proxy().putAsync("last", "words");
		slow.close();
		assertThat(written).isCompleted();
		assertThat(cluster.texts("last")).containsExactly("words");
	}

	@Test
	void aTopicThatDoesNotExistIsNotMade() {
		ClientHandle<ScalesKafkaClient> hasty = ScalesClients.builder(ScalesKafkaClient.class)
			.protocol("kafka")
			.uri(cluster.uri())
			.timeout(Duration.ofSeconds(2))
			.build();
		assertThat(catchThrowable(() -> hasty.proxy().put("no-such", "x"))).isInstanceOf(NotSentException.class)
			.hasMessageContaining("topic no-such does not exist");
		hasty.close();
	}

	@Test
	void theDetailsShowBrokersTopicsAndBuffers() {
		cluster.topic("shown", 2);
		this.client.proxy().put("shown", "x");
		Map<String, Object> details = this.client.view().details();
		assertThat((List<?>) details.get("brokers")).hasSize(1);
		assertThat((Map<?, ?>) details.get("topics")).hasSize(1);
		assertThat((List<?>) ((Map<?, ?>) details.get("topics")).get("shown")).hasSize(2)
			.first()
			.asString()
			.contains("leader=localhost:")
			.contains("inSync=1 of 1");
		// The producer takes the memory back after it has told that the record is
		// written.
		Eventually.await("a buffer that is empty", () -> Map.of("total", 33554432L, "available", 33554432L)
			.equals(this.client.view().details().get("buffer")));
		assertThat(details.get("connections")).isNotEqualTo(0L);
	}

	@Test
	void theMetersOfTheProducerStandBesideOurs() {
		cluster.topic("metered", 1);
		this.client.proxy().put("metered", "x");
		assertThat(this.meters.get("kafka.producer.record.send.total").tag("client", "shop").functionCounter().count())
			.isGreaterThanOrEqualTo(1);
		assertThat(this.meters.get("scales.client.requests").tag("outcome", "success").timer().count()).isEqualTo(1);
		assertThat(this.meters.get("scales.client.attempts").counter().count()).isEqualTo(1);
	}

	@Test
	void whoeverAsksIsToldWhenABrokerAnswers() throws Exception {
		assertThat(this.client.ready(1, Duration.ofSeconds(20)).toCompletableFuture().get(30, TimeUnit.SECONDS))
			.isTrue();
	}

}
