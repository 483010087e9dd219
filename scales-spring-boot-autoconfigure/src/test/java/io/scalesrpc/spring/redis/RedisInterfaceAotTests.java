package io.scalesrpc.spring.redis;

import java.time.Instant;

import io.scalesrpc.redis.ScalesRedisClient;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.spring.redis.OrderClient.Order;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/** Commands in a context that was worked out ahead of time, with a real server. */
class RedisInterfaceAotTests {

	private final TestGenerationContext generation = new TestGenerationContext();

	private ClassName process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues
				.of("scales.clients.orders.uri=tcp://build-time:1", "scales.clients.orders.protocol=redis")
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
	void theGeneratedContextCallsTheServerOfTheRunTimeConfiguration() {
		ClassName initializer = process();
		try (RedisNode node = RedisNode.bundled()) {
			TestCompiler.forSystem().with(this.generation).compile((compiled) -> {
				GenericApplicationContext context = new GenericApplicationContext();
				TestPropertyValues
					.of("scales.clients.orders.uri=tcp://" + node.address(), "scales.clients.orders.protocol=redis",
							"scales.clients.orders.connect-timeout=10s", "scales.clients.orders.timeout=10s")
					.applyTo(context);
				compiled.getInstance(ApplicationContextInitializer.class, initializer.canonicalName())
					.initialize(context);
				use(context);
			});
		}
	}

	private static void use(ConfigurableApplicationContext context) {
		try (context) {
			context.refresh();
			Order order = new Order(7, "Ada", Instant.EPOCH);
			context.getBean(OrderClient.class).set("order:7", order);
			assertThat(context.getBean(OrderClient.class).get("order:7")).isEqualTo(order);
		}
	}

	@Test
	void aNativeImageKnowsProxiesAndValues() {
		process();
		RuntimeHints hints = this.generation.getRuntimeHints();
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(OrderClient.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(ScalesRedisClient.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(ScalesRedisClient.class)
			.withMemberCategory(MemberCategory.INVOKE_PUBLIC_METHODS)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onType(Order.class)).accepts(hints);
	}

	/** The application. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = OrderClient.class)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesJsonAutoConfiguration.class,
			ScalesRedisAutoConfiguration.class, ScalesClientsAutoConfiguration.class })
	static class Application {

	}

}
