package io.scalesrpc.spring.discovery;

import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.discovery.DiscoveryClient;
import org.springframework.cloud.client.discovery.composite.CompositeDiscoveryClientAutoConfiguration;
import org.springframework.cloud.client.discovery.simple.SimpleDiscoveryClientAutoConfiguration;
import org.springframework.cloud.commons.util.UtilAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which beans there are, and calls to what the configuration lists for Spring Cloud.
 */
class ScalesDiscoveryAutoConfigurationTests {

	private final ApplicationContextRunner runner = Contexts.application()
		.withConfiguration(AutoConfigurations.of(CompositeDiscoveryClientAutoConfiguration.class,
				SimpleDiscoveryClientAutoConfiguration.class, UtilAutoConfiguration.class));

	@Test
	void callsGoToTheInstancesOfSpringCloudsConfiguration() {
		try (CalculatorServer a = CalculatorServer.start(); CalculatorServer b = CalculatorServer.start()) {
			this.runner
				.withPropertyValues("scales.clients.calculator.uri=discovery://calculator",
						"scales.clients.calculator.balancer.type=round-robin",
						"spring.cloud.discovery.client.simple.instances.calculator[0].uri=http://localhost:" + a.port(),
						"spring.cloud.discovery.client.simple.instances.calculator[1].uri=http://localhost:8080",
						"spring.cloud.discovery.client.simple.instances.calculator[1].metadata.thrift=" + b.port())
				.run((context) -> {
					assertThat(context.getBean("scalesDiscoveryProvider"))
						.isInstanceOf(DiscoveryServerSetProvider.class);
					Await.until(() -> context.getBean(CalculatorClient.class).divide(4, 2) == 2);
					assertThat(a.calls()).hasValueGreaterThan(0);
				});
			this.runner
				.withPropertyValues("scales.clients.calculator.uri=discovery://calculator#thrift",
						"spring.cloud.discovery.client.simple.instances.calculator[0].uri=http://localhost:8080",
						"spring.cloud.discovery.client.simple.instances.calculator[0].metadata.thrift=" + b.port())
				.run((context) -> {
					Await.until(() -> context.getBean(CalculatorClient.class).divide(4, 2) == 2);
					assertThat(b.calls()).hasPositiveValue();
				});
		}
	}

	@Test
	void withoutSpringCloudTheSchemeSaysWhatIsMissing() {
		Contexts.application()
			.withClassLoader(new FilteredClassLoader("org.springframework.cloud"))
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.run((context) -> assertThat(context.getBean("scalesDiscoveryProvider"))
				.isInstanceOf(MissingRegistry.class));
	}

	@Test
	void aRegistryNobodyNeedsIsNotMade() {
		Contexts.application()
			.withUserConfiguration(SlowRegistry.class)
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.run((context) -> assertThat(context).hasNotFailed().hasSingleBean(DiscoveryServerSetProvider.class));
	}

	/** A registry that takes long to make is left to whoever needs it. */
	@Configuration(proxyBeanMethods = false)
	static class SlowRegistry {

		@Bean
		@Lazy
		DiscoveryClient slowRegistry() {
			throw new IllegalStateException("made");
		}

	}

}
