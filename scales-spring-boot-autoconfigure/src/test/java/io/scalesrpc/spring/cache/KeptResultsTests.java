package io.scalesrpc.spring.cache;

import java.util.concurrent.CompletableFuture;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.client.EnableScalesClients;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.endpoint.SettingDescriptor;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import reactor.core.publisher.Mono;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cache.CacheManager;
import org.springframework.cache.caffeine.CaffeineCacheManager;
import org.springframework.cache.concurrent.ConcurrentMapCache;
import org.springframework.cache.concurrent.ConcurrentMapCacheManager;
import org.springframework.cache.support.NoOpCache;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code methods.<method>.cache} over a cache in memory and a real server.
 */
class KeptResultsTests {

	private CalculatorServer server;

	@BeforeEach
	void startServer() {
		this.server = CalculatorServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private ApplicationContextRunner application() {
		return Contexts.bare()
			.withUserConfiguration(Clients.class)
			.withPropertyValues("scales.clients.calculator.uri=" + this.server.uri(),
					"scales.clients.calculator.methods.divide.cache.name=quotients",
					"scales.clients.calculator.methods.divide.cache.ttl=1m");
	}

	private static CacheManager caffeine() {
		return new CaffeineCacheManager("quotients");
	}

	@Test
	void everyStyleOfAMethodIsAnsweredFromTheSameCache() {
		application().withBean(CacheManager.class, KeptResultsTests::caffeine).run((context) -> {
			assertThat(context.getBean(Divider.class).divide(12, 4)).isEqualTo(3);
			assertThat(context.getBean(Divider.class).divide(12, 4)).isEqualTo(3);
			assertThat(context.getBean(Later.class).divideAsync(12, 4).get()).isEqualTo(3);
			assertThat(context.getBean(Reactive.class).divide(12, 4).block()).isEqualTo(3);
			assertThat(this.server.calls()).hasValue(1);
			assertThat(context.getBean(Divider.class).divide(12, 3)).isEqualTo(4);
			assertThat(this.server.calls()).hasValue(2);
		});
	}

	@Test
	void anOldResultStandsInWhenTheServerIsGone() {
		application().withBean(CacheManager.class, KeptResultsTests::caffeine)
			.withPropertyValues("scales.clients.calculator.methods.divide.cache.ttl=1ms",
					"scales.clients.calculator.methods.divide.cache.stale-if-error=1h",
					"scales.clients.calculator.timeout=1s")
			.run((context) -> {
				Divider divider = context.getBean(Divider.class);
				assertThat(divider.divide(12, 4)).isEqualTo(3);
				int before = this.server.calls().get();
				Await.until(() -> divider.divide(12, 4) == 3 && this.server.calls().get() > before);
				this.server.close();
				assertThat(divider.divide(12, 4)).isEqualTo(3);
			});
	}

	@Test
	void theSettingsAreShown() {
		application().withBean(CacheManager.class, KeptResultsTests::caffeine)
			.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=scales",
					"scales.clients.calculator.methods.divide.cache.refresh-after=30s")
			.run((context) -> assertThat(context.getBean(ScalesEndpoint.class).client("calculator", true).settings())
				.hasEntrySatisfying("methods.divide.cache.name",
						(setting) -> assertThat(setting)
							.extracting(SettingDescriptor::value, SettingDescriptor::property)
							.containsExactly("quotients", "scales.clients.calculator.methods.divide.cache.name"))
				.containsEntry("methods.divide.cache.stale-if-error", new SettingDescriptor("0ms", null, null))
				.containsKeys("methods.divide.cache.ttl", "methods.divide.cache.refresh-after")
				.doesNotContainKey("methods.divide.cache.lookup-timeout"));
	}

	@Test
	void neitherCaffeineNorRedisIsNeeded() {
		application()
			.withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine", "org.springframework.data.redis",
					"io.lettuce", "org.springframework.cache.caffeine"))
			.withBean(CacheManager.class, () -> new ConcurrentMapCacheManager("quotients"))
			.run((context) -> {
				assertThat(context.getBean(Divider.class).divide(12, 4)).isEqualTo(3);
				assertThat(context.getBean(Divider.class).divide(12, 4)).isEqualTo(3);
				assertThat(this.server.calls()).hasValue(1);
			});
		Contexts.bare()
			.withClassLoader(new FilteredClassLoader("com.github.benmanes.caffeine", "org.springframework.data.redis",
					"org.springframework.cache"))
			.withUserConfiguration(Clients.class)
			.withPropertyValues("scales.clients.calculator.uri=" + this.server.uri())
			.run((context) -> assertThat(context.getBean(Divider.class).divide(12, 4)).isEqualTo(3));
	}

	@Test
	void onlyWhatIsKnownToBeInMemoryIsAskedInPlace() {
		assertThat(SpringResultCache.of(new ConcurrentMapCache("a")).blocks()).isFalse();
		assertThat(SpringResultCache.of(caffeine().getCache("quotients")).blocks()).isFalse();
		assertThat(SpringResultCache.of(new NoOpCache("a")).blocks()).isFalse();
		CaffeineCacheManager asynchronous = new CaffeineCacheManager();
		asynchronous.setAsyncCacheMode(true);
		assertThat(SpringResultCache.of(asynchronous.getCache("a")).blocks()).isFalse();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			divide.cache.name           | remainders | expected: one of the caches [quotients]
			divide.cache.ttl            | 0s         | ttl: PT0S (expected: > 0
			divide.cache.stale-if-error | -1s        | staleIfError: PT-1S (expected: >= 0
			divide.cache.refresh-after  | 2m         | refreshAfter: PT2M (expected: less than ttl, which is PT1M)
			divide.cache.lookup-timeout | 0s         | lookupTimeout: PT0S (expected: > 0
			join.cache.refresh-after    | 2s         | refresh-after: 2s (expected: none without the name of a cache)
			join.cache.name             | quotients  | ttl: none (expected: how long a result of 'join' is kept)
			""")
	void whatDoesNotFitStopsTheStart(String setting, String value, String reason) {
		application().withBean(CacheManager.class, KeptResultsTests::caffeine)
			.withPropertyValues("scales.clients.calculator.methods." + setting + "=" + value)
			.run((context) -> assertThat(context).getFailure().rootCause().hasMessageContaining(reason));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			store_value | cache: store_value (expected: a method with a result
			forget      | cache: forget (expected: a method with a result
			ping        | cache: ping (expected: a method with a result
			divine      | methodOption: divine (expected: one of
			""")
	void aMethodWithoutResultStopsTheStart(String method, String reason) {
		String property = "scales.clients.calculator.methods." + method + ".cache.";
		application().withBean(CacheManager.class, KeptResultsTests::caffeine)
			.withPropertyValues(property + "name=quotients", property + "ttl=1s")
			.run((context) -> assertThat(context.getStartupFailure())
				.hasRootCauseInstanceOf(IllegalArgumentException.class)
				.hasStackTraceContaining(reason)
				.hasStackTraceContaining(ScalesConfigurationException.class.getName()));
	}

	@Test
	void noCacheManagerOrSeveralStopTheStart() {
		application().run((context) -> assertThat(context).getFailure()
			.rootCause()
			.isInstanceOf(ScalesConfigurationException.class)
			.hasMessageContaining("name: quotients (expected: a bean of type CacheManager)"));
		application().withBean("one", CacheManager.class, KeptResultsTests::caffeine)
			.withBean("two", CacheManager.class, KeptResultsTests::caffeine)
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("expected: one CacheManager, but there are one, two"));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { Divider.class, Later.class, Reactive.class })
	static class Clients {

	}

	@ScalesClient(value = "calculator", service = Calculator.class)
	interface Divider {

		int divide(int dividend, int divisor);

	}

	@ScalesClient(value = "calculator", service = Calculator.class)
	interface Later {

		CompletableFuture<Integer> divideAsync(int dividend, int divisor);

	}

	@ScalesClient(value = "calculator", service = Calculator.class)
	interface Reactive {

		Mono<Integer> divide(int dividend, int divisor);

	}

}
