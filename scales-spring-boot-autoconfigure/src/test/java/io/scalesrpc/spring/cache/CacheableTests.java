package io.scalesrpc.spring.cache;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import org.springframework.aop.support.AopUtils;
import org.springframework.cache.CacheManager;
import org.springframework.cache.annotation.Cacheable;
import org.springframework.cache.annotation.EnableCaching;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Spring's own {@code @Cacheable} on the interface of a client.
 */
class CacheableTests {

	private CalculatorServer server;

	@BeforeEach
	void startServer() {
		this.server = CalculatorServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	@ParameterizedTest
	@ValueSource(classes = { ByInterface.class, ByClass.class })
	void everyStyleOfAMethodIsCachedBySpring(Class<?> configuration) {
		Contexts.bare()
			.withUserConfiguration(configuration, Application.class)
			.withPropertyValues("scales.clients.calculator.uri=" + this.server.uri())
			.run((context) -> {
				Cached cached = context.getBean(Application.User.class).cached();
				assertThat(AopUtils.isAopProxy(cached)).isTrue();
				for (int i = 0; i < 2; i++) {
					assertThat(cached.divide(12, 4)).isEqualTo(3);
				}
				assertThat(this.server.calls()).hasValue(1);
				for (int i = 0; i < 2; i++) {
					assertThat(cached.divideAsync(12, 3).get()).isEqualTo(4);
				}
				assertThat(this.server.calls()).hasValue(2);
				CachedMono mono = context.getBean(CachedMono.class);
				for (int i = 0; i < 2; i++) {
					assertThat(mono.divide(12, 2).block()).isEqualTo(6);
				}
				assertThat(this.server.calls()).hasValue(3);
			});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching
	static class ByInterface {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableCaching(proxyTargetClass = true)
	static class ByClass {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { Cached.class, CachedMono.class })
	static class Application {

		@Bean
		CacheManager caches() {
			CaffeineCacheManager caches = new CaffeineCacheManager();
			caches.setAsyncCacheMode(true);
			return caches;
		}

		@Bean
		User user(Cached cached) {
			return new User(cached);
		}

		record User(Cached cached) {
		}

	}

	@ScalesClient(value = "calculator", service = Calculator.class)
	interface Cached {

		@Cacheable("blocking")
		int divide(int dividend, int divisor);

		@Cacheable("future")
		CompletableFuture<Integer> divideAsync(int dividend, int divisor);

	}

	@ScalesClient(value = "calculator", service = Calculator.class)
	interface CachedMono {

		@Cacheable("mono")
		Mono<Integer> divide(int dividend, int divisor);

	}

}
