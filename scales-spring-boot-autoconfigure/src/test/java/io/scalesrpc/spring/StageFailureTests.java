package io.scalesrpc.spring;

import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.bind.UnboundConfigurationPropertiesException;
import org.springframework.boot.diagnostics.FailureAnalysis;

import static io.scalesrpc.spring.StartFailures.failure;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an application says that does not start because of the stages of a call: circuit
 * breakers, retries, throttling, chaos.
 */
class StageFailureTests {

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			slow-call.rate         | 0.7 | none without circuit-breaker.slow-call.duration
			failure-rate.window    | 10s | none without circuit-breaker.failure-rate.threshold
			failure-rate.min-calls | 10  | none without circuit-breaker.failure-rate.threshold
			""")
	void aSettingThatACircuitBreakerDoesNotHeedIsNamed(String setting, String value, String expected) {
		String property = "scales.clients.calculator.circuit-breaker." + setting;
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.defaults.circuit-breaker.enabled=true", property + "=" + value);
		assertThat(analysis.getDescription()).contains("Property: " + property, expected);
		assertThat(analysis.getAction()).startsWith("Remove '" + property + "', or set 'scales.clients.calculator.");
	}

	@Test
	void aBadSettingThatAMethodHasFromItsClientIsNamedWhereItStands() {
		assertThat(failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.defaults.circuit-breaker.fail-max=0",
				"scales.clients.calculator.methods.divide.circuit-breaker.enabled=true")
			.getDescription()).contains("Property: scales.defaults.circuit-breaker.fail-max", "Value: \"0\"");
	}

	@ParameterizedTest
	@CsvSource({ "'', retry.backoff.max, 1s", "methods.divide., retry.max-attempts, 2" })
	void aSettingOfRetriesThatAreOffIsNamed(String prefix, String setting, String value) {
		String property = "scales.clients.calculator." + prefix + setting;
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.defaults.retry.enabled=false", property + "=" + value);
		assertThat(analysis.getDescription()).contains("Property: " + property, "none beside retry.enabled: false");
		assertThat(analysis.getAction()).isEqualTo(
				"Remove '" + property + "', or set 'scales.clients.calculator." + prefix + "retry.enabled' to true.");
	}

	@Test
	void aMethodHasNoBudgetOfItsOwn() {
		Contexts.application()
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:9090",
					"scales.clients.calculator.methods.divide.retry.budget.ratio=0.1")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(UnboundConfigurationPropertiesException.class)
				.hasMessageContaining("scales.clients.calculator.methods.divide.retry.budget.ratio"));
	}

	@Test
	void aSettingOfThrottlingThatIsOffIsNamed() {
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.defaults.throttling.enabled=false", "scales.clients.calculator.throttling.window=2s");
		assertThat(analysis.getDescription()).contains("Property: scales.clients.calculator.throttling.window",
				"none beside throttling.enabled: false");
	}

	@ParameterizedTest
	@CsvSource({ "scales.clients.calculator.chaos.latency.percent, 1", "scales.clients.nobody.chaos.nack.percent, 5",
			"scales.clients.calculator.methods.divide.chaos.failure.kind, timeout",
			"scales.defaults.chaos.failure.percent, 0" })
	void chaosThatIsNotAllowedIsRefused(String property, String value) {
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				property + "=" + value);
		assertThat(analysis.getDescription()).contains("Property: " + property, "Value: \"" + value + "\"",
				"Reason: " + property + ": " + value + " (expected: none without scales.chaos-allowed: true)");
		assertThat(analysis.getAction()).isEqualTo(
				"Remove '" + property + "', or set 'scales.chaos-allowed' to true where calls may fail on purpose.");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			chaos.nack.percent                   | 101      | 0..100
			chaos.failure.kind                   | declared | one of [NOT_SENT, CONNECTION_LOST, TIMEOUT, REMOTE]
			chaos.latency.delay                  | -1s      | >= 0
			chaos.latency.percent                | 5        | 0 where delay and jitter are 0
			methods.divide.chaos.failure.percent | -1       | 0..100
			""")
	void chaosThatIsNotRightIsNamed(String setting, String value, String expected) {
		String property = "scales.clients.calculator." + setting;
		FailureAnalysis analysis = failure("scales.clients.calculator.uri=tcp://localhost:9090",
				"scales.chaos-allowed=true", property + "=" + value);
		assertThat(analysis.getDescription()).contains("Property: " + property, "Value: \"" + value.trim() + "\"")
			.contains(expected);
		assertThat(analysis.getAction()).contains(property);
	}

}
