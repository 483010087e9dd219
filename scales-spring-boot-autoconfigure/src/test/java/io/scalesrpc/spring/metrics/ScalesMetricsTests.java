package io.scalesrpc.spring.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.micrometer.metrics.autoconfigure.CompositeMeterRegistryAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.MeterRegistryCustomizer;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.micrometer.metrics.autoconfigure.export.simple.SimpleMetricsExportAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The meters of clients in the application's registry.
 */
class ScalesMetricsTests {

	private CalculatorServer server;

	@BeforeEach
	void startServer() {
		this.server = CalculatorServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private ApplicationContextRunner runner() {
		return Contexts.application().withPropertyValues("scales.clients.calculator.uri=" + this.server.uri());
	}

	@Test
	void callsAreTimedInTheApplicationsRegistry() {
		runner()
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
			.withBean(MeterRegistryCustomizer.class, () -> (registry) -> registry.config().commonTags("zone", "a"))
			.run((context) -> {
				context.getBean(CalculatorClient.class).divide(4, 2);
				MeterRegistry registry = context.getBean(MeterRegistry.class);
				assertThat(registry.get(MeterNames.REQUESTS)
					.tags("client", "calculator", "method", "divide", "zone", "a")
					.timer()
					.count()).isEqualTo(1);
				assertThat(registry.get(MeterNames.PENDING).gauge().getId().getTags())
					.contains(Tag.of("protocol", "thriftmux"));
			});
	}

	@Test
	void aRegistryThatNeedsAClientIsJoinedLater() {
		runner().withUserConfiguration(Circle.class).run((context) -> {
			assertThat(context).hasNotFailed();
			context.getBean(CalculatorClient.class).divide(4, 2);
			assertThat(context.getBean(MeterRegistry.class)
				.get(MeterNames.REQUESTS)
				.tag("method", "divide")
				.timer()
				.count()).isEqualTo(1);
		});
	}

	@Test
	void clientsWorkWithoutARegistry() {
		runner().run((context) -> assertThat(context.getBean(CalculatorClient.class).divide(4, 2)).isEqualTo(2));
	}

	@Test
	void metersOfAClosedClientAreGone() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		runner().withBean(MeterRegistry.class, () -> registry)
			.run((context) -> context.getBean(CalculatorClient.class).divide(4, 2));
		assertThat(registry.getMeters()).isEmpty();
	}

	@Configuration(proxyBeanMethods = false)
	static class Circle {

		@Bean
		MeterRegistry meterRegistry(CalculatorClient calculator) {
			assertThat(calculator).isNotNull();
			return new SimpleMeterRegistry();
		}

	}

}
