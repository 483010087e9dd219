package io.scalesrpc.spring.client;

import java.util.List;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.endpoint.ClientDescriptor;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.health.ScalesHealthContributorAutoConfiguration;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

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

}
