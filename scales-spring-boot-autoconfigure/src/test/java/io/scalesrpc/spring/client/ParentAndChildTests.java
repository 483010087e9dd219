package io.scalesrpc.spring.client;

import java.util.List;

import io.scalesrpc.call.NotSentException;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.endpoint.ClientDescriptor;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.health.ScalesHealthContributorAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Contexts one above the other, each with clients of its own.
 */
@ExtendWith(OutputCaptureExtension.class)
class ParentAndChildTests {

	private static ApplicationContextRunner context(Class<?> configuration) {
		return Contexts.bare()
			.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class,
					ScalesHealthContributorAutoConfiguration.class))
			.withUserConfiguration(configuration)
			.withPropertyValues("management.endpoints.web.exposure.include=scales",
					"scales.clients.upper.uri=tcp://localhost:1", "scales.clients.lower.uri=tcp://localhost:2");
	}

	@Test
	void eachShowsItsOwnClientsAndNobodyWarns(CapturedOutput output) {
		context(Upper.class).run((parent) -> context(Lower.class).withParent(parent).run((child) -> {
			assertThat(parent.getBean(ScalesEndpoint.class).overview(true).clients()).containsOnlyKeys("upper");
			assertThat(child.getBean(ScalesEndpoint.class).overview(true).clients()).containsOnlyKeys("lower");
			assertThat(child.getBean("scalesHealthContributor", CompositeHealthContributor.class).stream())
				.extracting((entry) -> entry.name())
				.containsExactly("lower");
			assertThat(child.getBean(UpperClient.class)).isSameAs(parent.getBean(UpperClient.class));
		}));
		assertThat(output).doesNotContain("no interface");
	}

	@Test
	void aChildThatClosesLeavesTheClientsOfItsParent() {
		context(Upper.class).run((parent) -> {
			context(Lower.class).withParent(parent).run((child) -> assertThat(child).hasSingleBean(LowerClient.class));
			ClientDescriptor upper = parent.getBean(ScalesEndpoint.class).client("upper", true);
			assertThat(upper).isNotNull();
			assertThat(upper.state()).isEqualTo("idle");
			assertThat(upper.uri()).isEqualTo("tcp://localhost:1");
		});
	}

	@Test
	void aChildWithoutAutoConfigurationHasClientsOfItsParent() {
		context(Upper.class).run((parent) -> new ApplicationContextRunner().withParent(parent)
			.withUserConfiguration(Lower.class)
			.run((child) -> {
				assertThat(child.getBean(LowerClient.class)).hasToString("lower (" + LowerClient.class.getName() + ")");
				assertThat(List.copyOf(parent.getBean(ScalesClientRegistry.class).names())).containsExactly("lower",
						"upper");
			}));
	}

	@Test
	void aChildThatIsRefreshedHasItsClientsAnewAndLeavesThoseOfItsParent() {
		try (CalculatorServer server = CalculatorServer.start()) {
			context(Upper.class)
				.withPropertyValues("scales.clients.upper.uri=" + server.uri(),
						"scales.clients.lower.uri=" + server.uri())
				.run((parent) -> {
					try (AnnotationConfigWebApplicationContext child = new AnnotationConfigWebApplicationContext()) {
						child.setParent(parent);
						child.register(Refreshed.class);
						child.refresh();
						LowerClient before = child.getBean(LowerClient.class);
						assertThat(before.divide(8, 2)).isEqualTo(4);
						child.refresh();
						LowerClient after = child.getBean(LowerClient.class);
						assertThat(after).isNotSameAs(before);
						assertThat(after.divide(6, 2)).isEqualTo(3);
						assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> before.divide(8, 2))
							.withMessageContaining("closed");
						assertThat(child.getBean(ScalesClientRegistry.class).names()).containsExactly("lower");
					}
					assertThat(parent.getBean(UpperClient.class).divide(4, 2)).isEqualTo(2);
				});
		}
	}

	@ScalesClient("upper")
	interface UpperClient extends Calculator.Iface {

	}

	@ScalesClient("lower")
	interface LowerClient extends Calculator.Iface {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = UpperClient.class)
	static class Upper {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = LowerClient.class)
	static class Lower {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesClientsAutoConfiguration.class })
	@EnableScalesClients(clients = LowerClient.class)
	static class Refreshed {

	}

}
