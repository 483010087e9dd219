package io.scalesrpc.spring.endpoint;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What is wrong now, as the overview tells it.
 */
class ClientProblemsTests {

	private final ApplicationContextRunner runner = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=scales",
				"scales.clients.calculator.uri=tcp://localhost:1", "scales.clients.calculator.timeout=300ms");

	@Test
	void whereNothingIsWrongThereAreNone() {
		this.runner.run((context) -> {
			Overview overview = context.getBean(ScalesEndpoint.class).overview(null);
			assertThat(overview.problems()).isEmpty();
			assertThat(overview.clients().get("calculator").state()).isEqualTo("idle");
		});
	}

	@Test
	void aMemberThatIsDownIsToldWithItsReasonAndItsTime() {
		Instant before = Instant.now();
		this.runner.run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> client.divide(2, 1));
			Overview overview = context.getBean(ScalesEndpoint.class).overview(null);
			assertThat(overview.problems()).extracting(ProblemDescriptor::about)
				.containsExactly("members", "failures", "member");
			assertThat(overview.problems().get(1).text())
				.isEqualTo("1 of 1 calls of the last minute failed: not_sent 1");
			ProblemDescriptor member = overview.problems().get(2);
			assertThat(member.subject()).isEqualTo("localhost:1");
			assertThat(member.text()).contains("is down", "failures in a row");
			assertThat(member.since()).isBetween(before.minus(Duration.ofSeconds(1)), Instant.now());
			ClientOverview seen = overview.clients().get("calculator");
			assertThat(seen.members()).isEqualTo(Map.of("closed", 1));
			assertThat(seen.lastMinute().failures()).isEqualTo(Map.of("not_sent", 1L));
			assertThat(seen.retryBudget()).isNotNull();
			MemberDescriptor shown = context.getBean(ScalesEndpoint.class).client("calculator", null).members().get(0);
			assertThat(shown.since()).isNotNull();
			assertThat(shown.connections()).isZero();
			assertThat(shown.successRate()).as("none was sent").isNull();
		});
	}

	@Test
	void aCircuitBreakerThatIsForcedOpenIsToldWithItsScope() {
		this.runner.withPropertyValues("scales.clients.calculator.circuit-breaker.enabled=true").run((context) -> {
			context.getBean(ScalesClientRegistry.class)
				.client("calculator")
				.circuitBreakers()
				.set("*", CircuitState.FORCED_OPEN, "alice");
			Overview overview = context.getBean(ScalesEndpoint.class).overview(null);
			assertThat(overview.problems()).singleElement().satisfies((problem) -> {
				assertThat(problem.about()).isEqualTo("circuit-breaker");
				assertThat(problem.subject()).isEqualTo("*");
				assertThat(problem.text()).contains("set by alice");
				assertThat(problem.since()).isNotNull();
			});
			assertThat(overview.clients().get("calculator").circuitBreakers()).isEqualTo(Map.of("*", "forced-open"));
		});
	}

	/** As the documentation promises of {@code about}. */
	@Test
	void theOrderOfProblemsHasEveryKindThereIs() {
		assertThat(Problems.ORDER).doesNotHaveDuplicates().startsWith("client", "members").endsWith("source");
	}

}
