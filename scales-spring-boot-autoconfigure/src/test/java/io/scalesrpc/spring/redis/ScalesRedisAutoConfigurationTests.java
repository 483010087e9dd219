package io.scalesrpc.spring.redis;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.scalesrpc.redis.ScalesRedisClient;
import io.scalesrpc.redis.command.RedisNode;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.json.ScalesJsonAutoConfiguration;
import io.scalesrpc.spring.redis.OrderClient.Order;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.ClientResourcesBuilderCustomizer;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.LettuceClientOptionsBuilderCustomizer;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients of protocol redis in an application, with a real server. */
class ScalesRedisAutoConfigurationTests {

	private static RedisNode node;

	@BeforeAll
	static void startRedis() {
		node = RedisNode.bundled();
	}

	@AfterAll
	static void stopRedis() {
		node.close();
	}

	@BeforeEach
	void empty() {
		node.ask("FLUSHALL");
	}

	static ApplicationContextRunner application() {
		return Contexts.bare()
			.withConfiguration(
					AutoConfigurations.of(ScalesJsonAutoConfiguration.class, ScalesRedisAutoConfiguration.class))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("scales.clients.orders.protocol=redis", "scales.defaults.connect-timeout=10s",
					"scales.defaults.timeout=10s");
	}

	private static ApplicationContextRunner known() {
		return application()
			.withConfiguration(AutoConfigurations.of(DataRedisAutoConfiguration.class, SslAutoConfiguration.class));
	}

	@Test
	void objectsAreJsonByTheApplicationsMapper() {
		Order order = new Order(7, "Ada", Instant.parse("2026-11-29T12:00:00Z"));
		application().withPropertyValues("scales.clients.orders.uri=tcp://" + node.address()).run((context) -> {
			OrderClient orders = context.getBean(OrderClient.class);
			orders.set("order:7", order);
			assertThat(node.ask("GET", "order:7")).startsWith("{").contains("\"customer\":\"Ada\"");
			assertThat(orders.get("order:7")).isEqualTo(order);
			assertThat(orders.get("order:8")).isNull();
			assertThat(orders.later("order:7").join()).isEqualTo(order);
			assertThat(orders.mono("order:7").block()).isEqualTo(order);
			orders.rpush("orders", List.of(order, order));
			assertThat(orders.lrange("orders", 0, -1)).containsExactly(order, order);
			assertThat(orders.all("orders").collectList().block()).containsExactly(order, order);
		});
	}

	@Test
	void settingsOfAClientComeBeforeThoseOfAllClients() {
		application()
			.withPropertyValues("scales.clients.orders.uri=tcp://" + node.address(),
					"scales.defaults.redis.client-name=all", "scales.defaults.redis.database=4",
					"scales.clients.orders.redis.client-name=orders")
			.run((context) -> assertThat(context.getBean(OrderClient.class).clientList()).contains("name=orders")
				.contains("db=4"));
	}

	@Test
	void optionsOfOtherProtocolsAmongTheDefaultsAreLeftOut() {
		application()
			.withPropertyValues("scales.clients.orders.uri=tcp://" + node.address(), "scales.defaults.client-id=shop",
					"scales.defaults.balancer.type=hash", "scales.defaults.options.dtab=/s=>/t")
			.run((context) -> assertThat(context.getBean(OrderClient.class).clientList()).contains("name=shop"));
	}

	@Test
	void withoutAUriTheServerIsTheOneThatSpringBootKnows() {
		known()
			.withPropertyValues("spring.data.redis.port=" + node.port(), "spring.data.redis.host=127.0.0.1",
					"spring.data.redis.database=5", "spring.data.redis.client-name=boot")
			.run((context) -> {
				assertThat(context.getBean(OrderClient.class).clientList()).contains("name=boot").contains("db=5");
				assertThat(context.getBean(ScalesClientRegistry.class).client("orders").view().uri())
					.isEqualTo("tcp://127.0.0.1:" + node.port());
			});
		known().withPropertyValues("spring.data.redis.url=redis://127.0.0.1:" + node.port() + "/6")
			.run((context) -> assertThat(context.getBean(OrderClient.class).clientList()).contains("db=6"));
	}

	@Test
	void aPrimaryWithReplicasIsTakenFromSpringBoot() {
		try (RedisNode replica = node.replica()) {
			known()
				.withPropertyValues("spring.data.redis.masterreplica.nodes=" + replica.address() + "," + node.address(),
						"scales.clients.orders.redis.read-from=replicas")
				.run((context) -> {
					context.getBean(OrderClient.class).set("order:1", new Order(1, "Ada", Instant.EPOCH));
					assertThat(context.getBean(ScalesClientRegistry.class).client("orders").view().details())
						.containsEntry("primary", node.address());
				});
		}
	}

	@Test
	void aUriOfOnesOwnHasNothingOfSpringBootsServer() {
		known()
			.withPropertyValues("spring.data.redis.password=secret", "spring.data.redis.database=5",
					"scales.clients.orders.uri=tcp://" + node.address())
			.run((context) -> assertThat(context.getBean(OrderClient.class).clientList()).contains("db=0"));
	}

	@Test
	void whatIsSetUpOfLettuceHoldsHereTooAndIsNotShutDown() {
		known().withUserConfiguration(Customizers.class)
			.withPropertyValues("spring.data.redis.port=" + node.port(), "spring.data.redis.host=127.0.0.1")
			.run((context) -> {
				assertThat(context.getBean(OrderClient.class).get("none")).isNull();
				Customizers customizers = context.getBean(Customizers.class);
				assertThat(customizers.channels).hasPositiveValue();
				assertThat(customizers.options).hasPositiveValue();
				context.getBean(ScalesClientRegistry.class)
					.client("orders")
					.close(Duration.ZERO)
					.toCompletableFuture()
					.join();
				assertThat(context.getBean(ClientResources.class).eventExecutorGroup().isShuttingDown()).isFalse();
			});
	}

	@Test
	void resultsOfAnotherClientAreKeptInRedisWithoutACacheManager() {
		CalculatorServer server = CalculatorServer.start();
		application()
			.withPropertyValues("scales.clients.orders.uri=tcp://" + node.address(),
					"scales.clients.calculator.uri=" + server.uri(),
					"scales.clients.calculator.methods.divide.cache.store=redis:orders",
					"scales.clients.calculator.methods.divide.cache.ttl=1m",
					"scales.clients.calculator.methods.divide.cache.lookup-timeout=10s")
			.run((context) -> {
				Calculator.Iface calculator = context.getBean(ScalesClientRegistry.class)
					.client("calculator", Calculator.Iface.class);
				assertThat(calculator.divide(6, 3)).isEqualTo(2);
				Await.until(() -> node.ask("DBSIZE").equals("1"));
				server.close();
				assertThat(calculator.divide(6, 3)).isEqualTo(2);
				assertThat(node.ask("EVAL", "return redis.call('KEYS', '*')[1]", "0")).startsWith("scales:");
			});
	}

	@Test
	void theReadyClientNeedsNoInterface() {
		application().withPropertyValues("scales.clients.orders.uri=tcp://" + node.address()).run((context) -> {
			ScalesRedisClient redis = context.getBean(ScalesClientRegistry.class)
				.client("orders", ScalesRedisClient.class);
			redis.command("SET", "a", 1);
			assertThat(redis.text("GET", "a")).isEqualTo("1");
		});
	}

	/** The interfaces of this package. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = OrderClient.class)
	static class Clients {

	}

	/** What users have of Spring Boot. */
	@Configuration(proxyBeanMethods = false)
	static class Customizers {

		private final AtomicInteger channels = new AtomicInteger();

		private final AtomicInteger options = new AtomicInteger();

		@Bean
		ClientResourcesBuilderCustomizer resources() {
			return (builder) -> ((DefaultClientResources.Builder) builder).nettyCustomizer(new NettyCustomizer() {

				@Override
				public void afterChannelInitialized(Channel channel) {
					Customizers.this.channels.incrementAndGet();
				}

			});
		}

		@Bean
		LettuceClientOptionsBuilderCustomizer options() {
			return (ClientOptions.Builder builder) -> this.options.incrementAndGet();
		}

	}

}
