package io.scalesrpc.spring.cache;

import java.io.IOException;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.testing.FreePorts;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import redis.embedded.RedisServer;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.redis.cache.RedisCacheManager;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code methods.<method>.cache} over a real Redis that two applications share.
 */
class RedisResultsTests {

	private static RedisServer redis;

	private static int port;

	private CalculatorServer server;

	@BeforeAll
	static void startRedis() throws IOException {
		port = FreePorts.next();
		redis = Redis.start(port);
	}

	@AfterAll
	static void stopRedis() throws IOException {
		redis.stop();
	}

	@BeforeEach
	void startServer() {
		this.server = CalculatorServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private ApplicationContextRunner application(String cache) {
		return Contexts.bare()
			.withUserConfiguration(Clients.class)
			.withPropertyValues("redis.port=" + port, "scales.clients.calculator.uri=" + this.server.uri(),
					"scales.clients.calculator.methods.divide.cache.name=" + cache,
					"scales.clients.calculator.methods.divide.cache.ttl=1m",
					// The first look-up of a process connects.
					"scales.clients.calculator.methods.divide.cache.lookup-timeout=10s");
	}

	@Test
	void whatOneApplicationKeptAnswersAnother() {
		application("shared").run((context) -> {
			assertThat(context.getBean(Divider.class).divide(12, 4)).isEqualTo(3);
			CacheManager caches = context.getBean(CacheManager.class);
			Await.until(() -> size(context.getBean(RedisConnectionFactory.class)) == 1);
			assertThat(SpringResultCache.of(caches.getCache("shared")).blocks()).isTrue();
		});
		application("shared").run((context) -> {
			assertThat(context.getBean(Divider.class).divide(12, 4)).isEqualTo(3);
			assertThat(context.getBean(Divider.class).divide(9, 3)).isEqualTo(3);
		});
		assertThat(this.server.calls()).hasValue(2);
	}

	private static Long size(RedisConnectionFactory connections) {
		try (RedisConnection connection = connections.getConnection()) {
			return connection.serverCommands().dbSize();
		}
	}

	@Test
	void callsGoOnWithoutARedisThatIsGone() throws IOException {
		int own = FreePorts.next();
		RedisServer mortal = Redis.start(own);
		try {
			application("mortal")
				.withPropertyValues("redis.port=" + own,
						"scales.clients.calculator.methods.divide.cache.lookup-timeout=200ms")
				.run((context) -> {
					Divider divider = context.getBean(Divider.class);
					divider.divide(12, 4);
					Await.until(() -> size(context.getBean(RedisConnectionFactory.class)) == 1);
					mortal.stop();
					int before = this.server.calls().get();
					assertThat(divider.divide(12, 4)).isEqualTo(3);
					assertThat(this.server.calls().get()).isGreaterThan(before);
				});
		}
		finally {
			mortal.stop();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = Divider.class)
	static class Clients {

		@Bean
		LettuceConnectionFactory connections(@Value("${redis.port}") int redisPort) {
			return new LettuceConnectionFactory("127.0.0.1", redisPort);
		}

		@Bean
		RedisCacheManager caches(LettuceConnectionFactory connections) {
			return RedisCacheManager.builder(connections).build();
		}

	}

	@ScalesClient(value = "calculator", service = Calculator.class)
	interface Divider {

		int divide(int dividend, int divisor);

	}

}
