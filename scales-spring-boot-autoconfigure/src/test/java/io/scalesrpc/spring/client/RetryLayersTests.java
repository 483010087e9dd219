package io.scalesrpc.spring.client;

import io.github.resilience4j.retry.annotation.Retry;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.resilience.annotation.EnableResilientMethods;
import org.springframework.resilience.annotation.Retryable;

import static org.assertj.core.api.Assertions.assertThat;

@ExtendWith(OutputCaptureExtension.class)
class RetryLayersTests {

	private static final String REMEDY = " (expected: one layer that retries; set"
			+ " 'scales.clients.calculator.retry.enabled' to false, or remove the annotation)";

	private final ApplicationContextRunner application = Contexts.application()
		.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1");

	@Test
	void aBeanThatRetriesTheClientItHasIsWarnedOfOnce(CapturedOutput output) {
		this.application.withUserConfiguration(Resilient.class).withBean("orders", Orders.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output.getOut().split("Bean 'orders' retries", -1)).hasSize(2);
			assertThat(output).contains("Bean 'orders' retries calls of client 'calculator', and so does Scales:"
					+ " @org.springframework.resilience.annotation.Retryable on Orders.place"
					+ " could make 5 x 3 = 15 calls of one" + REMEDY);
		});
	}

	@Test
	void annotationsOfOtherLibrariesAreKnownByName(CapturedOutput output) {
		this.application.withBean("bills", Bills.class)
			.withBean("parcels", Parcels.class)
			.run((context) -> assertThat(output)
				.contains("@org.springframework.retry.annotation.Retryable on Bills could make 7 x 3 = 21 calls")
				.contains("@io.github.resilience4j.retry.annotation.Retry on Parcels.send could make 3 x 3 = 9 calls"));
	}

	@Test
	void anInterfaceOfTheClientMayCarryTheAnnotationItself(CapturedOutput output) {
		Contexts.bare()
			.withUserConfiguration(Annotated.class)
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.run((context) -> assertThat(output).contains("on RetriedClient.divide could make 4 x 3 = 12 calls"));
	}

	@Test
	void whereOneLayerRetriesNobodyIsWarned(CapturedOutput output) {
		this.application.withBean("orders", Orders.class)
			.withPropertyValues("scales.mesh-retries=true", "scales.clients.calculator.retry.enabled=false")
			.run((context) -> assertThat(output).doesNotContain("expected: one layer"));
		this.application.withBean("stranger", Stranger.class)
			.run((context) -> assertThat(output).doesNotContain("expected: one layer"));
	}

	@Test
	void oneAttemptIsNoLayer(CapturedOutput output) {
		this.application.withBean("orders", Orders.class)
			.withPropertyValues("scales.mesh-retries=true", "scales.clients.calculator.retry.max-attempts=1")
			.run((context) -> assertThat(output).doesNotContain("expected: one layer"));
	}

	@Test
	void aMeshThatRetriesIsWarnedOfOnceForEachClient(CapturedOutput output) {
		this.application.withPropertyValues("scales.mesh-retries=true").run((context) -> {
			assertThat(output.getOut().split("and so does the mesh", -1)).hasSize(2);
			assertThat(output).contains("'scales.clients.calculator.retry.enabled'");
		});
	}

	@Configuration(proxyBeanMethods = false)
	@EnableResilientMethods
	static class Resilient {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = RetriedClient.class)
	static class Annotated {

	}

	@ScalesClient(value = "calculator", service = Calculator.class)
	interface RetriedClient {

		@Retryable
		int divide(int dividend, int divisor);

	}

	static class Orders {

		Orders(CalculatorClient calculator) {
			assertThat(calculator).isNotNull();
		}

		@Retryable(maxRetries = 4)
		void place() {
			// the proxy is what matters
		}

	}

	@org.springframework.retry.annotation.Retryable(maxAttempts = 7)
	record Bills(CalculatorClient calculator) {
	}

	record Parcels(CalculatorClient calculator) {

		@Retry(name = "parcels")
		void send() {
			// the annotation is what matters
		}

	}

	static class Stranger {

		@Retryable
		void other() {
			// has no client
		}

	}

}
