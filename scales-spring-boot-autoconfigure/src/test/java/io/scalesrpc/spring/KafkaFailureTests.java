package io.scalesrpc.spring;

import java.util.List;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import io.scalesrpc.spring.kafka.OrderEvents;
import io.scalesrpc.spring.kafka.ScalesKafkaAutoConfiguration;
import io.scalesrpc.spring.testing.Contexts;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;
import org.springframework.messaging.handler.annotation.Header;
import org.springframework.messaging.handler.annotation.SendTo;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/** What an application says whose client of Kafka is set up wrongly. */
class KafkaFailureTests {

	private static ApplicationContextRunner application(Class<?> configuration, String... properties) {
		return Contexts.bare()
			.withConfiguration(
					AutoConfigurations.of(ScalesJsonAutoConfiguration.class, ScalesKafkaAutoConfiguration.class))
			.withUserConfiguration(configuration)
			.withPropertyValues("scales.clients.events.protocol=kafka")
			.withPropertyValues(properties);
	}

	private static ApplicationContextRunner events(String... properties) {
		return application(Events.class, "scales.clients.events.uri=tcp://localhost:9092")
			.withPropertyValues(properties);
	}

	/** What was set, what is said of it, and what is to be done. */
	@ParameterizedTest
	@CsvSource(delimiter = '|',
			textBlock = """
					kafka.acks | 2 | kafka.acks: 2 (expected: all, 1 or 0) | Correct
					kafka.acks | 1 | kafka.acks: 1 (expected: all, or kafka.idempotence: false | Correct
					kafka.max-in-flight | 6 | kafka.max-in-flight: 6 (expected: at most 5, or kafka.idempotence: false) | Correct
					kafka.delivery-timeout | 1s | kafka.delivery-timeout: PT1S (expected: at least request-timeout and linger | Correct
					kafka.compression | zip | kafka.compression: zip (expected: none, gzip, snappy, lz4 or zstd) | Correct
					kafka.buffer-memory | 1KB | kafka.buffer-memory: 1024 (expected: at least batch-size, 16384) | Correct
					kafka.waiting-calls | 0 | kafka.waiting-calls: 0 (expected: >= 1) | Correct
					kafka.sasl.mechanism | GSSAPI | kafka.sasl.mechanism: GSSAPI (expected: none without kafka.sasl.jaas) | Set 'scales.clients.events.kafka.sasl.jaas', or remove
					kafka.sasl.mechanism | PLAIN | kafka.sasl.mechanism: PLAIN (expected: none without kafka.sasl.username) | Set 'scales.clients.events.kafka.sasl.username', or remove
					kafka.sasl.username | me | kafka.sasl.username: me (expected: none without kafka.sasl.mechanism) | Set 'scales.clients.events.kafka.sasl.mechanism', or remove
					kafka.sasl.password | pw | kafka.sasl.password: set (expected: none without kafka.sasl.mechanism) | Set 'scales.clients.events.kafka.sasl.mechanism', or remove
					kafka.properties[linger.ms] | 3 | kafka.properties[linger.ms]: 3 (expected: kafka.linger) | Correct
					kafka.properties[linger.mss] | 3 | kafka.properties[linger.mss]: 3 (expected: a setting of Kafka's producer, such as linger.ms; | Correct
					kafka.properties[metadata.max.ages] | 3 | a setting of Kafka's producer, such as metadata.max.age.ms; or one of a serializer, partitioner | Correct
					kafka.properties[schema.registry.url] | x | kafka.properties[schema.registry.url]: x (expected: a setting of Kafka's producer | Correct
					kafka.value-serializer | com.acme.No | kafka.value-serializer: com.acme.No (expected: a class that is a | Correct
					kafka.acs | all | scales.clients.events.kafka.acs: no setting (expected: one of [acks, | Did you mean 'scales.clients.events.kafka.acks'?
					kafka.sasl.pasword | pw | scales.clients.events.kafka.sasl.pasword: no setting (expected: one of [jaas, mechanism, password, username]) | Did you mean 'scales.clients.events.kafka.sasl.password'?
					kafka.batch-size | big | batch-size: big (expected: a size, such as 64KB or 16MB) | Correct
					kafka.idempotence | maybe | idempotence: maybe (expected: true or false) | Correct
					redis.database | 1 | redis.database: 1 (expected: none with protocol kafka: it is a setting of protocol redis) | Remove
					retry.max-attempts | 3 | retry.max-attempts: 3 (expected: none with protocol kafka: the producer repeats | Remove
					balancer.type | heap | balancer.type: heap (expected: none with protocol kafka: the producer of kafka-clients | Remove
					methods.shipped.hedging.enabled | true | (expected: none with protocol kafka: two records would be written) | Remove
					methods.shiped.topic | x | methods.shiped: no method of the client | Did you mean 'shipped'?
					methods.shipped.topic | my orders | methods.shipped.topic: 'my orders' (expected: the name of a topic: at most 249 letters, digits, '.', '_' and '-') | Correct
					options.linger | 3 | option linger: not an option of kafka | Correct
					uri | kafka1:9092 | uri: kafka1:9092 (expected: tcp://kafka1:9092, or another scheme | Correct
					uri | kafka://kafka1:9092 | uri: kafka://kafka1:9092 (expected: tcp://kafka1:9092, or another scheme | Correct
					uri | http://kafka1 | (expected: another scheme, such as tcp://localhost:9092, with protocol kafka | Correct
					""")
	void aWrongSettingIsNamedWithWhatIsRight(String setting, String value, String reason, String remedy) {
		FailureAnalysis analysis = failure(events("scales.clients.events." + setting + "=" + value));
		assertThat(analysis.getDescription()).contains(reason, "Origin: ");
		assertThat(analysis.getDescription().replaceAll("[\\[\\]]", ""))
			.contains("Property: scales.clients.events." + setting.replaceAll("[\\[\\]]", ""))
			.doesNotContain("\"pw\"");
		assertThat(analysis.getAction()).contains(remedy).doesNotContain("service");
	}

	/** Classes of others read settings that nobody else knows; slips stay slips. */
	@Test
	void aClassOfTheApplicationHasSettingsOfItsOwn() {
		String serializer = "scales.clients.events.kafka.value-serializer=" + StringSerializer.class.getName();
		events(serializer, "scales.clients.events.kafka.properties[schema.registry.url]=http://localhost",
				"scales.clients.events.kafka.properties[json.style]=short")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(failure(events(serializer, "scales.clients.events.kafka.properties[send.buffer.byte]=3"))
			.getDescription()).contains("(expected: a setting of Kafka's producer, such as send.buffer.bytes)");
	}

	@Test
	void aTopicForAMethodThatIsNotThere() {
		FailureAnalysis analysis = failure(application(Nothings.class, "scales.clients.events.uri=tcp://localhost:9092",
				"scales.clients.events.methods.placd.topic=orders"));
		assertThat(analysis.getDescription()).contains("Property: scales.clients.events.methods.placd.topic",
				"methods.placd: no method of the client (expected: one of [");
		assertThat(analysis.getAction()).contains("Did you mean 'placed'?");
	}

	@Test
	void theOriginOfASettingIsTold() {
		FailureAnalysis analysis = failure(events("scales.clients.events.kafka.acks=2"));
		assertThat(analysis.getDescription()).contains("Property: scales.clients.events.kafka.acks", "Value: \"2\"",
				"Origin: \"scales.clients.events.kafka.acks\" from property source \"test\"");
		assertThat(analysis.getAction()).contains("'scales.clients.events.kafka.acks'");
	}

	@Test
	void allThatIsWrongIsToldAtOnce() {
		FailureAnalysis analysis = failure(events("scales.clients.events.kafka.acks=2",
				"scales.clients.events.kafka.linger=-5ms", "scales.clients.events.kafka.batch-size=0",
				"scales.clients.events.kafka.compression=brotli", "scales.clients.events.kafka.max-in-flight=6",
				"scales.clients.events.kafka.waiting-calls=many"));
		assertThat(analysis.getDescription()).contains("kafka.acks: 2", "kafka.linger: PT-0.005S",
				"kafka.batch-size: 0", "kafka.compression: brotli", "kafka.max-in-flight: 6", "waiting-calls: many");
	}

	@Test
	void whatDependsOnAWrongValueIsNotToldWithIt() {
		FailureAnalysis analysis = failure(events("scales.clients.events.kafka.batch-size=0",
				"scales.clients.events.kafka.buffer-memory=1KB", "scales.clients.events.kafka.max-request-size=1KB"));
		assertThat(analysis.getDescription()).contains("kafka.batch-size: 0").doesNotContain("kafka.buffer-memory");
	}

	/** Of two that share a client, whichever is looked at first. */
	@Test
	void theInterfaceThatIsNotRightIsTheOneToChange() {
		FailureAnalysis analysis = failure(application(Shared.class, "scales.clients.events.uri=tcp://localhost:9092"));
		assertThat(analysis.getDescription()).contains(TwoPayload.class.getName() + ".placed: a payload",
				TwoPayload.class.getName() + ".shipped: a payload",
				TwoPayload.class.getName() + ".moved: @SendTo: 'my orders'");
		assertThat(analysis.getAction())
			.isEqualTo("Change that method of " + TwoPayload.class.getName() + ", or take it out.");
	}

	@Test
	void aNameOfAClientThatIsMistypedIsToldWithTheNearest() {
		FailureAnalysis analysis = failure(Contexts.bare()
			.withUserConfiguration(Events.class)
			.withPropertyValues("scales.clients.event.uri=tcp://localhost:9092",
					"scales.clients.event.protocol=kafka"));
		assertThat(analysis.getDescription()).contains("names the client 'events'", "is not configured")
			.doesNotContain("the default");
		assertThat(analysis.getAction()).contains("Set 'scales.clients.events.protocol' to kafka",
				"tcp://localhost:9092", "Did you mean 'event'? Configured clients: event.");
	}

	@Test
	void withoutBrokersTheUriIsAskedFor() {
		FailureAnalysis analysis = failure(application(Events.class));
		assertThat(analysis.getDescription()).contains("scales.clients.events.uri");
		assertThat(analysis.getAction()).contains("tcp://localhost:9092");
	}

	@Test
	void brokersThatAskForALogin() {
		KafkaConnectionDetails details = new KafkaConnectionDetails() {

			@Override
			public List<String> getBootstrapServers() {
				return List.of("localhost:9092");
			}

			@Override
			public String getSecurityProtocol() {
				return "SASL_SSL";
			}

		};
		assertThat(failure(application(Events.class).withBean(KafkaConnectionDetails.class, () -> details))
			.getDescription())
			.contains("kafka.sasl.mechanism: none (expected: a login, since the brokers of spring.kafka are spoken with"
					+ " by SASL_SSL)");
	}

	private static String reason(Class<?> configuration) {
		return failure(application(configuration, "scales.clients.events.uri=tcp://localhost:9092")).getDescription();
	}

	@Test
	void anInterfaceThatCannotSendIsExplained() {
		assertThat(reason(NoTopics.class))
			.contains("NoTopic.placed: topic: none (expected: one of @SendTo(\"orders\")");
		assertThat(reason(TwoPayloads.class))
			.contains("TwoPayload.placed: a payload: parameters 1 and 2 (expected: one at most;");
		assertThat(reason(WrongResults.class))
			.contains("WrongResult.placed: result: java.lang.String (expected: RecordMetadata");
		assertThat(reason(Lists.class)).contains("expected: List<RecordMetadata>, since every element of a List");
		assertThat(reason(Partitions.class)).contains("@Header: kafka_partitionId (expected: KafkaHeaders.KEY");
		assertThat(reason(Nothings.class)).contains("Nothing.placed: no method that sends records");
	}

	@Test
	void anInterfaceThatSendsNeedsTheProtocol() {
		FailureAnalysis analysis = failure(Contexts.bare()
			.withUserConfiguration(Events.class)
			.withPropertyValues("scales.clients.events.uri=tcp://localhost:9092"));
		assertThat(analysis.getDescription()).contains(
				"protocol: thriftmux, the default (expected: kafka for the interface " + OrderEvents.class.getName());
		assertThat(analysis.getAction()).contains("Set 'scales.clients.events.protocol' to kafka");
	}

	@Test
	void aTopicOfAnotherProtocolHasNoEffect() {
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.clients.calculator.methods.add.topic=x");
		assertThat(analysis.getDescription()).contains("methods.add.topic: x (expected: none with protocol thriftmux");
	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = OrderEvents.class)
	static class Events {

	}

	@ScalesClient("events")
	interface NoTopic {

		void placed(@Header("tenant") String tenant, String order);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = NoTopic.class)
	static class NoTopics {

	}

	@ScalesClient("events")
	interface TwoPayload {

		@SendTo("orders")
		void placed(String one, String two);

		@SendTo("orders")
		void shipped(String one, String two);

		@SendTo("my orders")
		void moved(String one);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = TwoPayload.class)
	static class TwoPayloads {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = { OrderEvents.class, TwoPayload.class })
	static class Shared {

	}

	@ScalesClient("events")
	interface WrongResult {

		@SendTo("orders")
		String placed(String order);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = WrongResult.class)
	static class WrongResults {

	}

	@ScalesClient("events")
	interface ListResult {

		@SendTo("orders")
		RecordMetadata placed(List<String> orders);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = ListResult.class)
	static class Lists {

	}

	@ScalesClient("events")
	interface Partition {

		@SendTo("orders")
		RecordMetadata placed(@Header("kafka_partitionId") int partition, String order);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = Partition.class)
	static class Partitions {

	}

	@ScalesClient("events")
	interface Nothing {

		String placed(String order);

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = Nothing.class)
	static class Nothings {

	}

}
