package io.scalesrpc.spring.client;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.endpoint.ClientDescriptor;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.health.ScalesHealthContributorAutoConfiguration;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;

import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.CompositeHealthContributor;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * What operators see of clients that were not made, in an application that makes beans
 * when they are used.
 */
class UnmadeClientTests {

	private final ApplicationContextRunner application = Contexts.bare()
		.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class,
				ScalesHealthContributorAutoConfiguration.class))
		.withInitializer(
				(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
		.withUserConfiguration(Application.class)
		.withPropertyValues("management.endpoints.web.exposure.include=scales",
				"scales.clients.users.uri=tcp://localhost:1");

	private static Health health(AssertableApplicationContext context, String client) {
		CompositeHealthContributor all = context.getBean("scalesHealthContributor", CompositeHealthContributor.class);
		return ((HealthIndicator) all.getContributor(client)).health();
	}

	@Test
	void toLookMakesNoClient() {
		this.application.run((context) -> {
			assertThat(health(context, "users").getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(health(context, "unconfigured").getStatus()).isEqualTo(Status.UNKNOWN);
			assertThat(context.getBean(ScalesEndpoint.class).overview(true).clients()).containsOnlyKeys("unconfigured",
					"users");
			assertThat(context.getBean(ScalesEndpoint.class).client("users", true).state()).isEqualTo("idle");
			assertThat(context.getBean(ScalesClientRegistry.class).made("users")).isNull();
		});
	}

	@Test
	void aClientThatCannotBeMadeIsDownWithItsReasonAndTheOthersStandBesideIt() {
		this.application.run((context) -> {
			assertThatException().isThrownBy(() -> context.getBean(Unconfigured.class));
			assertThat(context.getBean(Users.class)).isNotNull();
			assertThat(health(context, "unconfigured").getStatus()).isEqualTo(Status.DOWN);
			assertThat(health(context, "unconfigured").getDetails().get("problem")).asString()
				.contains("'scales.clients.unconfigured' is not configured");
			ClientDescriptor failed = context.getBean(ScalesEndpoint.class).client("unconfigured", true);
			assertThat(failed.state()).isEqualTo("closed");
			assertThat(failed.problem()).contains("'scales.clients.unconfigured' is not configured");
			ClientDescriptor made = context.getBean(ScalesEndpoint.class).client("users", true);
			assertThat(made.uri()).isEqualTo("tcp://localhost:1");
			assertThat(made.problem()).isNull();
		});
	}

	@ScalesClient("users")
	interface Users extends Calculator.Iface {

	}

	@ScalesClient("unconfigured")
	interface Unconfigured extends Calculator.Iface {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = { Users.class, Unconfigured.class })
	static class Application {

	}

}
