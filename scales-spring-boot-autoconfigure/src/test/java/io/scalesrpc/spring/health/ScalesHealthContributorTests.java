package io.scalesrpc.spring.health;

import java.util.Map;

import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.spring.testing.SilentProvider;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.HealthContributor;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * The health of clients, over a real server.
 */
class ScalesHealthContributorTests {

	private final ApplicationContextRunner runner = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesHealthContributorAutoConfiguration.class));

	private static Health health(ScalesHealthContributor contributor) {
		assertThat(contributor.stream()).extracting((entry) -> entry.name()).containsExactly("calculator");
		HealthContributor client = contributor.getContributor("calculator");
		assertThat(client).isInstanceOf(HealthIndicator.class);
		return ((HealthIndicator) client).health();
	}

	@Test
	void aClientIsUnknownBeforeItsFirstCallAndUpAfterIt() {
		try (CalculatorServer server = CalculatorServer.start()) {
			this.runner.withPropertyValues("scales.clients.calculator.uri=" + server.uri()).run((context) -> {
				ScalesHealthContributor contributor = context.getBean("scalesHealthContributor",
						ScalesHealthContributor.class);
				assertThat(health(contributor).getStatus()).isEqualTo(Status.UNKNOWN);
				context.getBean(CalculatorClient.class).divide(2, 1);
				assertThat(health(contributor).getStatus()).isEqualTo(Status.UP);
				assertThat(health(contributor).getDetails()).containsEntry("protocol", "thriftmux")
					.containsEntry("uri", server.uri())
					.containsEntry("state", "open")
					.containsEntry("pending", 0)
					.containsEntry("members", Map.of("open", 1L))
					.doesNotContainKey("discovery");
			});
		}
	}

	@Test
	void aClientWhoseMembersAreAllDownIsDown() {
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1", "scales.defaults.timeout=500ms")
			.run((context) -> {
				assertThatException().isThrownBy(() -> context.getBean(CalculatorClient.class).divide(2, 1));
				assertThat(health(context.getBean(ScalesHealthContributor.class)).getStatus()).isEqualTo(Status.DOWN);
			});
	}

	@Test
	void aSourceThatNeverAnsweredIsToldButDecidesNothing() {
		this.runner.withBean(ServerSetProvider.class, SilentProvider::new)
			.withPropertyValues("scales.clients.calculator.uri=silent://here")
			.run((context) -> {
				Health health = health(context.getBean(ScalesHealthContributor.class));
				assertThat(health.getStatus()).isEqualTo(Status.UNKNOWN);
				assertThat(health.getDetails()).containsEntry("discovery", "the source has not answered yet: refused");
			});
	}

	@Test
	void aCircuitBreakerThatRefusesCallsIsToldButDecidesNothing() {
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
					"scales.clients.calculator.circuit-breaker.enabled=true")
			.run((context) -> {
				ScalesHealthContributor contributor = context.getBean(ScalesHealthContributor.class);
				assertThat(health(contributor).getDetails()).doesNotContainKey("circuitBreakers");
				context.getBean(ScalesClientRegistry.class)
					.client("calculator")
					.circuitBreakers()
					.set("*", CircuitState.FORCED_OPEN, "alice");
				assertThat(health(contributor).getStatus()).as("as before the first call").isEqualTo(Status.UNKNOWN);
				assertThat(health(contributor).getDetails()).containsEntry("circuitBreakers",
						Map.of("*", "forced open: set by alice"));
			});
	}

	@Test
	void anUnknownClientHasNoHealth() {
		this.runner.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.run((context) -> assertThat(context.getBean(ScalesHealthContributor.class).getContributor("other"))
				.isNull());
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
					"management.health.scales.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ScalesHealthContributor.class));
	}

	@Test
	void clientsWorkWithoutIt() {
		this.runner.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.withClassLoader(new FilteredClassLoader(HealthContributor.class))
			.run((context) -> assertThat(context).hasSingleBean(CalculatorClient.class)
				.doesNotHaveBean("scalesHealthContributor"));
	}

}
