package io.scalesrpc.spring.health;

import java.time.Duration;
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
	void aClientThatWasClosedIsNotMistakenForOneWithoutMembers() {
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1", "scales.defaults.timeout=500ms")
			.run((context) -> {
				assertThatException().isThrownBy(() -> context.getBean(CalculatorClient.class).divide(2, 1));
				context.getBean(ScalesClientRegistry.class).client("calculator").close(Duration.ZERO);
				Health health = health(context.getBean(ScalesHealthContributor.class));
				assertThat(health.getStatus()).isEqualTo(Status.DOWN);
				assertThat(health.getDetails()).containsEntry("reason", "the client is closed");
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
	void aCircuitBreakerMakesAClientDownWhereThatIsAskedFor() {
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
					"scales.clients.calculator.circuit-breaker.enabled=true", "scales.health.down-when=breaker-open")
			.run((context) -> {
				ScalesHealthContributor contributor = context.getBean(ScalesHealthContributor.class);
				assertThat(health(contributor).getStatus()).isEqualTo(Status.UNKNOWN);
				context.getBean(ScalesClientRegistry.class)
					.client("calculator")
					.circuitBreakers()
					.set("*", CircuitState.FORCED_OPEN, "alice");
				assertThat(health(contributor).getStatus()).isEqualTo(Status.DOWN);
				assertThat(health(contributor).getDetails()).containsEntry("reason", "a circuit breaker refuses calls");
			});
	}

	@Test
	void membersThatAreAllDownDecideNothingWhereThatIsNotAskedFor() {
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1", "scales.defaults.timeout=500ms",
					"scales.health.down-when=breaker-open")
			.run((context) -> {
				assertThatException().isThrownBy(() -> context.getBean(CalculatorClient.class).divide(2, 1));
				assertThat(health(context.getBean(ScalesHealthContributor.class)).getStatus())
					.isEqualTo(Status.UNKNOWN);
			});
	}

	@Test
	void tooSmallAShareOfMembersMakesAClientDownWhereThatIsAskedFor() {
		try (CalculatorServer server = CalculatorServer.start()) {
			ApplicationContextRunner oneOfTwo = this.runner.withPropertyValues(
					"scales.clients.calculator.uri=" + server.uri() + ",localhost:1",
					"scales.clients.calculator.balancer.type=round-robin", "scales.clients.calculator.connect=eager");
			oneOfTwo.withPropertyValues("scales.health.down-when=all-members,share", "scales.health.min-share=0.6")
				.run((context) -> {
					callBoth(context.getBean(CalculatorClient.class));
					Health health = health(context.getBean(ScalesHealthContributor.class));
					assertThat(health.getStatus()).isEqualTo(Status.DOWN);
					assertThat(health.getDetails()).containsEntry("reason",
							"members that take calls: 1 of 2 (expected: a share of 0.6 at least)");
				});
			oneOfTwo.withPropertyValues("scales.health.down-when=share").run((context) -> {
				callBoth(context.getBean(CalculatorClient.class));
				assertThat(health(context.getBean(ScalesHealthContributor.class)).getStatus()).isEqualTo(Status.UP);
			});
		}
	}

	@Test
	void aShareThatNothingHeedsOrThatIsNoneIsRefused() {
		this.runner.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1", "scales.health.min-share=0.3")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("scales.health.min-share"));
		this.runner
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1", "scales.health.min-share=1.5",
					"scales.health.down-when=share")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.hasMessageContaining("scales.health.min-share"));
	}

	private static void callBoth(CalculatorClient client) throws Exception {
		for (int i = 0; i < 4; i++) {
			client.divide(2, 1);
		}
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
