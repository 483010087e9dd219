package io.scalesrpc.spring.kafka;

import java.io.IOException;
import java.util.List;

import io.scalesrpc.kafka.FakeBroker;
import io.scalesrpc.kafka.ScalesKafkaClient;
import io.scalesrpc.kafka.TlsEngines;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import io.scalesrpc.spring.kafka.OrderEvents.Order;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.serialization.UUIDSerializer;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/** Interfaces that send records, in a context that was worked out ahead of time. */
class OrderEventsAotTests {

	private final TestGenerationContext generation = new TestGenerationContext();

	private ClassName process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues
				.of("scales.clients.events.uri=tcp://build-time:1", "scales.clients.events.protocol=kafka",
						"scales.clients.events.kafka.value-serializer=" + Own.class.getName(),
						"scales.defaults.kafka.key-serializer=" + UUIDSerializer.class.getName())
				.applyTo(context);
			context.register(Application.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
			this.generation.writeGeneratedContent();
			return initializer;
		}
	}

	@Test
	@CompileWithForkedClassLoader
	@SuppressWarnings("unchecked")
	void theGeneratedContextSendsToTheBrokerOfTheRunTimeConfiguration() throws IOException {
		ClassName initializer = process();
		try (FakeBroker broker = new FakeBroker()) {
			TestCompiler.forSystem().with(this.generation).compile((compiled) -> {
				try (GenericApplicationContext context = new GenericApplicationContext()) {
					TestPropertyValues
						.of("scales.clients.events.uri=" + broker.uri(), "scales.clients.events.protocol=kafka")
						.applyTo(context);
					compiled.getInstance(ApplicationContextInitializer.class, initializer.canonicalName())
						.initialize(context);
					context.refresh();
					context.getBean(OrderEvents.class).shipped(new Order(1, "x"));
				}
			});
			assertThat(broker.records()).singleElement()
				.extracting(FakeBroker.Seen::value)
				.isEqualTo("{\"id\":1,\"item\":\"x\"}");
		}
	}

	@Test
	void aNativeImageKnowsPayloadsAndWhatTheProducerMakesByName() {
		process();
		RuntimeHints hints = this.generation.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(OrderEvents.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Order.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(ScalesKafkaClient.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(ScalesKafkaClient.class)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(hints);
		for (Class<?> made : List.of(TlsEngines.class, Own.class, UUIDSerializer.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(made)
				.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS)).as(made.getName()).accepts(hints);
		}
	}

	/** A serializer of the application. */
	static final class Own extends StringSerializer {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesJsonAutoConfiguration.class,
			ScalesKafkaAutoConfiguration.class, ScalesClientsAutoConfiguration.class })
	@ImportScalesClients(name = "events", types = OrderEvents.class)
	static class Application {

	}

}
