package io.scalesrpc.spring.metrics;

import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.HistogramSnapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.observation.ScalesObservationAutoConfiguration;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
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
	void histogramsAreAMatterOfSpringBootsProperties() {
		runner()
			.withConfiguration(AutoConfigurations.of(MetricsAutoConfiguration.class,
					SimpleMetricsExportAutoConfiguration.class, CompositeMeterRegistryAutoConfiguration.class))
			.withPropertyValues("management.metrics.distribution.slo.scales.client.requests=10ms,5s",
					"management.metrics.distribution.percentiles.scales.client.requests=0.99")
			.run((context) -> {
				context.getBean(CalculatorClient.class).divide(4, 2);
				HistogramSnapshot seen = context.getBean(MeterRegistry.class)
					.get(MeterNames.REQUESTS)
					.timer()
					.takeSnapshot();
				assertThat(seen.histogramCounts()).extracting((bucket) -> bucket.bucket(TimeUnit.MILLISECONDS))
					.containsExactly(10.0, 5_000.0);
				assertThat(seen.histogramCounts()[1].count()).isEqualTo(1);
				assertThat(seen.percentileValues()).hasSize(1);
			});
	}

	@Test
	void callsAreTimedByOpenTelemetrysNamesIfAskedFor() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		runner().withBean(MeterRegistry.class, () -> registry)
			.withConfiguration(AutoConfigurations.of(ScalesObservationAutoConfiguration.class))
			.withPropertyValues("scales.observation.rpc-meters=true")
			.run((context) -> {
				context.getBean(CalculatorClient.class).divide(4, 2);
				Timer timer = registry.get("rpc.client.call.duration").timer();
				assertThat(timer.getId().getTags()).containsExactlyInAnyOrder(Tag.of("scales.client", "calculator"),
						Tag.of("rpc.system.name", "thriftmux"),
						Tag.of("rpc.method", Calculator.class.getName() + "/divide"), Tag.of("rpc.status_code", "OK"),
						Tag.of("error.type", "none"));
				assertThat(timer.getId().getBaseUnit()).isEqualTo("seconds");
				assertThat(timer.takeSnapshot().histogramCounts())
					.extracting((bucket) -> bucket.bucket(TimeUnit.SECONDS))
					.containsExactly(0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0);
			});
		assertThat(registry.getMeters()).isEmpty();
	}

	@Test
	void membersHaveMetersIfAskedFor() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		runner().withBean(MeterRegistry.class, () -> registry)
			.withPropertyValues("scales.clients.calculator.member-meters=true")
			.run((context) -> {
				context.getBean(CalculatorClient.class).divide(4, 2);
				assertThat(registry.get(MeterNames.MEMBER_ATTEMPTS).tag("outcome", "success").timer().count()).isOne();
			});
		assertThat(registry.getMeters()).isEmpty();
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
