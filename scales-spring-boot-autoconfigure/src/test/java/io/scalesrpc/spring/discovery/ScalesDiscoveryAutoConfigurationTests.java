package io.scalesrpc.spring.discovery;

import io.scalesrpc.balancer.ZoneSettings;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.client.MemberView;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
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
import static org.assertj.core.api.Assertions.tuple;

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
			int before = a.calls().get();
			this.runner
				.withPropertyValues("scales.clients.calculator.uri=discovery://calculator#thrift",
						"spring.cloud.loadbalancer.zone=eu-1b",
						"scales.defaults.balancer.zone.name=${spring.cloud.loadbalancer.zone}",
						"scales.clients.calculator.balancer.zone.max-load=5",
						"spring.cloud.discovery.client.simple.instances.calculator[0].uri=http://localhost:8080",
						"spring.cloud.discovery.client.simple.instances.calculator[0].metadata.thrift=" + a.port(),
						"spring.cloud.discovery.client.simple.instances.calculator[0].metadata.zone=eu-1a",
						"spring.cloud.discovery.client.simple.instances.calculator[1].uri=http://localhost:8080",
						"spring.cloud.discovery.client.simple.instances.calculator[1].metadata.thrift=" + b.port(),
						"spring.cloud.discovery.client.simple.instances.calculator[1].metadata.zone=eu-1b")
				.run((context) -> {
					CalculatorClient client = context.getBean(CalculatorClient.class);
					Await.until(() -> client.divide(4, 2) == 2);
					for (int i = 0; i < 20; i++) {
						client.divide(4, 2);
					}
					assertThat(a.calls()).as("another zone").hasValue(before);
					assertThat(b.calls()).hasValueGreaterThan(20);
					ClientView view = context.getBean(ScalesClientRegistry.class).client("calculator").view();
					assertThat(view.settings().balancer().zone()).isEqualTo(ZoneSettings.of("eu-1b").withMaxLoad(5));
					assertThat(view.members()).extracting(MemberView::zone, MemberView::active)
						.containsExactlyInAnyOrder(tuple("eu-1a", false), tuple("eu-1b", true));
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
