package io.scalesrpc.spring.kafka;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.kafka.FakeBroker;
import io.scalesrpc.kafka.KafkaCluster;
import io.scalesrpc.kafka.ScalesKafkaClient;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import io.scalesrpc.spring.kafka.OrderEvents.Order;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.testing.Eventually;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.protocol.Errors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.boot.kafka.autoconfigure.KafkaConnectionDetails;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** An interface with Spring Messaging's annotations, to a broker. */
class OrderEventsTests {

	private FakeBroker broker;

	@BeforeEach
	void startBroker() throws IOException {
		this.broker = new FakeBroker();
	}

	@AfterEach
	void stopBroker() throws IOException {
		this.broker.close();
	}

	private ApplicationContextRunner application(String... properties) {
		return withoutUri("scales.clients.events.uri=" + this.broker.uri()).withPropertyValues(properties);
	}

	static ApplicationContextRunner withoutUri(String... properties) {
		return Contexts.bare()
			.withConfiguration(
					AutoConfigurations.of(ScalesJsonAutoConfiguration.class, ScalesKafkaAutoConfiguration.class))
			.withUserConfiguration(Events.class)
			.withPropertyValues("scales.clients.events.protocol=kafka")
			.withPropertyValues(properties);
	}

	private FakeBroker.Seen last() {
		return this.broker.records().get(this.broker.records().size() - 1);
	}

	@Test
	void aMethodIsATopicAndItsParametersARecord() {
		application().run((context) -> {
			OrderEvents events = context.getBean(OrderEvents.class);
			RecordMetadata written = events.placed("customer-7", new Order(7, "chair"), "blue").join();
			assertThat(written.topic()).isEqualTo("orders");
			assertThat(last().key()).isEqualTo("customer-7");
			assertThat(last().value()).isEqualTo("{\"id\":7,\"item\":\"chair\"}");
			assertThat(last().headers()).containsExactly(Map.entry("tenant", "blue"));
		});
	}

	@Test
	void aLoneParameterIsThePayloadAndAPlaceholderTheTopic() {
		application("shop.topic=shipped").run((context) -> {
			assertThat(context.getBean(OrderEvents.class).shipped(new Order(1, "x")).topic()).isEqualTo("shipped");
			assertThat(last().value()).isEqualTo("{\"id\":1,\"item\":\"x\"}");
		});
	}

	@Test
	void optionsOfACallAreNoPartOfTheRecord() {
		application().run((context) -> {
			OrderEvents events = context.getBean(OrderEvents.class);
			events.chosen(CallOptions.NONE.withHeader("tenant", "blue"), "customer-7", new Order(7, "chair"));
			assertThat(last().key()).isEqualTo("customer-7");
			assertThat(last().value()).isEqualTo("{\"id\":7,\"item\":\"chair\"}");
			assertThat(last().headers()).containsExactly(Map.entry("tenant", "blue"));
			assertThat(events.manyChosen(CallOptions.NONE, List.of(new Order(1, "a"), new Order(2, "b")))).hasSize(2);
			assertThatExceptionOfType(InternalCallException.class)
				.isThrownBy(() -> events.chosen(CallOptions.NONE.withMember("a:1"), "x", new Order(1, "x")))
				.withMessageContaining("member: a:1 (expected: none in the options of a call; the producer of");
		});
	}

	@Test
	void aListIsManyRecordsWithOneResult() {
		application().run((context) -> {
			assertThat(context.getBean(OrderEvents.class).imported(List.of(new Order(1, "a"), new Order(2, "b"))))
				.hasSize(2);
			assertThat(this.broker.records()).extracting(FakeBroker.Seen::value)
				.containsExactly("{\"id\":1,\"item\":\"a\"}", "{\"id\":2,\"item\":\"b\"}");
		});
	}

	@Test
	void aVoidMethodReturnsAtOnceAndNeverThrows() {
		this.broker.topic("clicks", Errors.TOPIC_AUTHORIZATION_FAILED);
		application().run((context) -> {
			OrderEvents events = context.getBean(OrderEvents.class);
			assertThatCode(() -> events.clicked("/")).doesNotThrowAnyException();
			this.broker.topic("clicks", Errors.NONE);
			Eventually.await("a record", () -> {
				events.clicked("/home");
				return !this.broker.records().isEmpty();
			});
			assertThat(last().value()).isEqualTo("/home");
		});
	}

	@Test
	void theTopicMayBeAParameterAndHeadersAMap() {
		application().run((context) -> {
			OrderEvents events = context.getBean(OrderEvents.class);
			byte[] text = "text".getBytes(StandardCharsets.UTF_8);
			RecordMetadata written = events.told("letters", text, Map.of("language", "de")).block();
			assertThat(written.topic()).isEqualTo("letters");
			assertThat(last().headers()).containsEntry("language", "de");
			assertThat(events.forgotten(7).join()).isNull();
			assertThat(last().key()).isEqualTo("7");
			assertThat(last().value()).isNull();
		});
	}

	@Test
	void aMethodOfATopicIsFoundByLettersAndDigits() {
		for (String name : List.of("many-chosen", "manychosen", "MANYCHOSEN")) {
			application("scales.clients.events.methods." + name + ".topic=elsewhere").run((context) -> {
				OrderEvents events = context.getBean(OrderEvents.class);
				assertThat(events.manyChosen(CallOptions.NONE, List.of(new Order(1, "x")))).first()
					.extracting(RecordMetadata::topic)
					.isEqualTo("elsewhere");
			});
		}
	}

	@Test
	void aSettingNamesTheTopicOfAMethod() {
		application("scales.clients.events.methods.shipped.topic=elsewhere")
			.run((context) -> assertThat(context.getBean(OrderEvents.class).shipped(new Order(1, "x")).topic())
				.isEqualTo("elsewhere"));
	}

	@Test
	void theReadyClientSharesTheProducer() {
		application().run((context) -> {
			ScalesKafkaClient kafka = context.getBean(ScalesClientRegistry.class)
				.client("events", ScalesKafkaClient.class);
			assertThat(kafka.put("any", (Object) new Order(3, "y")).topic()).isEqualTo("any");
			assertThat(last().value()).isEqualTo("{\"id\":3,\"item\":\"y\"}");
		});
	}

	@Test
	void settingsReachTheProducer() {
		application("scales.clients.events.kafka.deadline-header=deadline", "scales.clients.events.kafka.acks=1",
				"scales.defaults.kafka.idempotence=false",
				"scales.clients.events.kafka.properties[metadata.max.age.ms]=60000")
			.run((context) -> {
				context.getBean(OrderEvents.class).shipped(new Order(1, "x"));
				assertThat(last().headers()).containsOnlyKeys("deadline");
			});
	}

	/** They are for clients of all protocols. */
	@Test
	void defaultsThatAProducerHasNoUseForAreLeftOut() {
		application("scales.defaults.balancer.type=p2c", "scales.defaults.balancer.decay=3s",
				"scales.defaults.member-breaker.enabled=false", "scales.defaults.pool.high=5",
				"scales.defaults.max-connection-age=5m", "scales.defaults.connections-per-member=2",
				"scales.defaults.connect-timeout=2s", "scales.defaults.min-ready=1",
				"scales.defaults.retry.max-attempts=2", "scales.defaults.hedging.enabled=true")
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(OrderEvents.class).shipped(new Order(1, "x")).topic()).isEqualTo("orders");
			});
	}

	@Test
	void theBrokersAreThoseThatSpringBootKnows() {
		withoutUri().withBean(KafkaConnectionDetails.class, () -> () -> List.of("127.0.0.1:" + this.broker.port()))
			.run((context) -> {
				assertThat(context.getBean(OrderEvents.class).shipped(new Order(1, "x")).topic()).isEqualTo("orders");
				assertThat(context.getBean(ScalesClientRegistry.class).client("events").view().uri())
					.isEqualTo(this.broker.uri());
			});
	}

	@Test
	void producersMayHaveBrokersOfTheirOwn() {
		KafkaConnectionDetails details = new KafkaConnectionDetails() {

			@Override
			public List<String> getBootstrapServers() {
				return List.of("127.0.0.1:1");
			}

			@Override
			public Configuration getProducer() {
				return Configuration.of(List.of("127.0.0.1:" + OrderEventsTests.this.broker.port()));
			}

		};
		withoutUri().withBean(KafkaConnectionDetails.class, () -> details)
			.run((context) -> assertThat(context.getBean(OrderEvents.class).shipped(new Order(1, "x")).topic())
				.isEqualTo("orders"));
	}

	@Test
	void theBrokersAreThoseOfSpringKafkasProducers() {
		withoutUri("spring.kafka.bootstrap-servers=127.0.0.1:1",
				"spring.kafka.producer.bootstrap-servers=127.0.0.1:" + this.broker.port())
			.withConfiguration(AutoConfigurations.of(KafkaAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(OrderEvents.class).shipped(new Order(1, "x")).topic())
				.isEqualTo("orders"));
	}

	@Test
	void aRealBrokerHasTheRecord() {
		KafkaCluster.shared().topic("real-orders", 1);
		withoutUri("scales.clients.events.uri=" + KafkaCluster.shared().uri(), "shop.topic=real-orders",
				"scales.clients.events.timeout=20s")
			.run((context) -> {
				context.getBean(OrderEvents.class).placed("customer-7", new Order(7, "chair"), "blue").join();
				assertThat(KafkaCluster.shared().texts("real-orders")).containsExactly("{\"id\":7,\"item\":\"chair\"}");
			});
	}

	@Test
	void withoutSpringBootsModuleTheUriIsNeeded() {
		application().withClassLoader(new FilteredClassLoader("org.springframework.boot.kafka"))
			.run((context) -> assertThat(context.getBean(OrderEvents.class).shipped(new Order(1, "x")).topic())
				.isEqualTo("orders"));
	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "events", types = OrderEvents.class)
	static class Events {

	}

}
