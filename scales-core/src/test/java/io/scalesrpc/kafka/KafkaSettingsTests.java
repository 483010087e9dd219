package io.scalesrpc.kafka;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

import io.scalesrpc.kafka.KafkaSettings.Batching;
import io.scalesrpc.kafka.KafkaSettings.Delivery;
import io.scalesrpc.kafka.KafkaSettings.Sasl;
import io.scalesrpc.kafka.KafkaSettings.Waiting;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class KafkaSettingsTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private static void refused(Supplier<Object> settings, String text) {
		assertThatIllegalArgumentException().isThrownBy(settings::get).withMessageContaining(text);
	}

	private static KafkaProtocol protocol(Delivery delivery) {
		return new KafkaProtocol(KafkaSettings.DEFAULT.withDelivery(delivery));
	}

	private static void requireKnown(Map<String, String> properties) {
		ProducerConfiguration.requireKnown(KafkaSettings.DEFAULT.withProperties(properties));
	}

	private static void propertyRefused(String name, String value, String text) {
		assertThatIllegalArgumentException().isThrownBy(() -> requireKnown(Map.of(name, value)))
			.withMessageStartingWith("kafka.properties[" + name + "]: " + value)
			.withMessageContaining(text);
	}

	@Test
	void valuesOutOfTheirRangeAreRefusedByName() {
		refused(() -> new Delivery("2", true, SECOND, SECOND, 5, SECOND), "kafka.acks: 2 (expected: all, 1 or 0)");
		refused(() -> new Delivery("all", true, Duration.ZERO, SECOND, 5, SECOND), "kafka.delivery-timeout: PT0S");
		refused(() -> new Delivery("all", true, SECOND, SECOND, 0, SECOND), "kafka.max-in-flight: 0 (expected: >= 1)");
		refused(() -> new Batching(Duration.ofMillis(-1), 1, 1, "none", 1), "kafka.linger");
		refused(() -> new Batching(SECOND, 0, 1, "none", 1), "kafka.batch-size: 0");
		refused(() -> new Batching(SECOND, 1, 1, "zip", 1), "kafka.compression: zip (expected: none, gzip, snappy");
		refused(() -> new Waiting(0, 1), "kafka.waiting-calls: 0");
		refused(() -> KafkaSettings.DEFAULT.withDeadlineHeader(" "), "kafka.deadline-header");
	}

	@Test
	void contradictionsAreRefusedAndSayHowToResolveThem() {
		refused(() -> protocol(new Delivery("1", true, Duration.ofMinutes(2), SECOND, 5, SECOND)),
				"kafka.acks: 1 (expected: all, or kafka.idempotence: false");
		refused(() -> protocol(new Delivery("all", true, Duration.ofMinutes(2), SECOND, 6, SECOND)),
				"kafka.max-in-flight: 6 (expected: at most 5, or kafka.idempotence: false)");
		refused(() -> protocol(new Delivery("all", true, SECOND, Duration.ofSeconds(30), 5, SECOND)),
				"kafka.delivery-timeout: PT1S (expected: at least request-timeout and linger together, PT30.005S)");
		refused(() -> new KafkaProtocol(
				KafkaSettings.DEFAULT.withBatching(new Batching(SECOND, 16384, 1000, "none", 500))),
				"kafka.buffer-memory: 1000 (expected: at least batch-size, 16384)");
		assertThat(protocol(new Delivery("1", false, Duration.ofMinutes(2), SECOND, 9, SECOND)).settings())
			.containsEntry("kafka.acks", "1")
			.containsEntry("kafka.idempotence", "false");
	}

	@Test
	void aLoginIsEitherAUserOrALineOfJaas() {
		refused(() -> new Sasl("PLAIN", "u", null, null),
				"kafka.sasl.username: u (expected: none without kafka.sasl.password)");
		refused(() -> new Sasl("PLAIN", "u", "p", "x"),
				"kafka.sasl.jaas: set (expected: none beside kafka.sasl.username)");
		refused(() -> new Sasl("PLAIN", null, null, null),
				"kafka.sasl.mechanism: PLAIN (expected: none without kafka.sasl.username)");
		refused(() -> new Sasl("GSSAPI", "u", "p", null), "kafka.sasl.mechanism: GSSAPI");
		assertThat(new Sasl("PLAIN", "u", "geheim", null).toString()).doesNotContain("geheim");
	}

	@Test
	void whatScalesDecidesIsNotSetByKafkasName() {
		propertyRefused("linger.ms", "3", "(expected: kafka.linger)");
		propertyRefused("bootstrap.servers", "h:1", "(expected: uri of the client)");
		propertyRefused("max.block.ms", "3", "the deadline of a call bounds its waiting");
		propertyRefused("transactional.id", "t", "transactions need a producer of their own");
		propertyRefused("ssl.truststore.location", "/x", "(expected: ssl.bundle of the client)");
		propertyRefused("retries", "3", "kafka.delivery-timeout");
		propertyRefused("linger.mss", "3", "(expected: a setting of Kafka's producer, such as linger.ms;");
		propertyRefused("metadata.max.age.ms", "soon", "(expected: what Kafka accepts;");
		requireKnown(Map.of("metadata.max.age.ms", "60000", "enable.metrics.push", "false",
				"sasl.login.callback.handler.class", "java.lang.Object"));
	}

	@Test
	void namesThatKafkaDoesNotKnowAreForClassesOfTheApplication() {
		propertyRefused("auto.register.schemas", "false", "or one of a serializer, partitioner, interceptor");
		propertyRefused("style", "short", "or one of a serializer");
		requireKnown(Map.of("interceptor.classes", "com.acme.Audit", "audit.topic", "t", "style", "short"));
		ProducerConfiguration
			.requireKnown(KafkaSettings.DEFAULT.withSerializers(new KafkaSettings.Serializers(null, "com.acme.Avro"))
				.withProperties(Map.of("auto.register.schemas", "false")));
		refused(() -> new KafkaProtocol(
				KafkaSettings.DEFAULT.withProperties(Map.of("partitioner.class", "x.Y", "metadata.max.age.s", "1"))),
				"kafka.properties[metadata.max.age.s]: 1 (expected: a setting of Kafka's producer, such as");
		requireKnown(Map.of("metrics.context.team", "shop"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.8.0", "3.7.1", "3.9.1", "4.0.1", "4.1.0", "4.1.1", "3.9.1-cp1" })
	void versionsThatMayWriteToAnotherTopicAreKnown(String version) {
		assertThat(KafkaVersions.isSafe(version)).isFalse();
	}

	@ParameterizedTest
	@ValueSource(strings = { "2.7.2", "3.9.2", "4.0.2", "4.1.2", "4.2.0", "4.2.1", "5.0.0", "unknown" })
	void versionsThatDoNotAreNotWarnedOf(String version) {
		assertThat(KafkaVersions.isSafe(version)).isTrue();
	}

	/**
	 * What the correction of KAFKA-19012 added; a batch remembers that it is being sent.
	 */
	@Test
	void theVersionOfTheBuildHasTheCorrection() throws Exception {
		Class<?> batch = Class.forName("org.apache.kafka.clients.producer.internals.ProducerBatch");
		assertThat(batch.getDeclaredMethod("isInflight")).isNotNull();
		assertThat(batch.getDeclaredMethod("isBufferDeallocated")).isNotNull();
	}

}
