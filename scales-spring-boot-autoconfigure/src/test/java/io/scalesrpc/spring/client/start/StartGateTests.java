package io.scalesrpc.spring.client.start;

import java.time.Duration;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.spring.testing.SilentProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What the start of an application waits for.
 */
@ExtendWith(OutputCaptureExtension.class)
class StartGateTests {

	private static ClientView view(ApplicationContext context) {
		return context.getBean(ScalesClientRegistry.class).client("calculator").view();
	}

	@Test
	void theStartWaitsForMembers(CapturedOutput output) {
		try (CalculatorServer a = CalculatorServer.start(); CalculatorServer b = CalculatorServer.start()) {
			Contexts.application()
				.withPropertyValues(
						"scales.clients.calculator.uri=tcp://localhost:" + a.port() + ",localhost:" + b.port(),
						"scales.clients.calculator.min-ready=2")
				.run((context) -> assertThat(view(context).members()).hasSize(2)
					.allMatch((member) -> member.state() == SinkState.OPEN));
		}
		assertThat(output).doesNotContain("are ready");
	}

	@Test
	void theStartGoesOnWithoutMembersThatAreDown(CapturedOutput output) {
		try (CalculatorServer server = CalculatorServer.start()) {
			long start = System.nanoTime();
			Contexts.application()
				.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1,localhost:" + server.port(),
						"scales.clients.calculator.min-ready=2", "scales.defaults.min-ready-timeout=300ms")
				.run((context) -> assertThat(context).hasNotFailed());
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(300))
				.isLessThan(Duration.ofSeconds(10));
		}
		assertThat(output).contains("scales.clients.calculator: 1 of 2 members are ready (2 wanted within 300 ms), "
				+ "starting without them: localhost:1 is down");
	}

	@Test
	void aSourceThatDoesNotAnswerIsNamed(CapturedOutput output) {
		Contexts.application()
			.withBean(ServerSetProvider.class, SilentProvider::new)
			.withPropertyValues("scales.clients.calculator.uri=silent://here", "scales.clients.calculator.min-ready=1",
					"scales.clients.calculator.min-ready-timeout=50ms")
			.run((context) -> assertThat(context).hasNotFailed());
		assertThat(output).contains("scales.clients.calculator: 0 of 0 members are ready (1 wanted within 50 ms), "
				+ "starting without them: silent://here does not answer: refused");
	}

	@Test
	void anEagerClientConnectsWithoutACallAndHoldsNothing() {
		try (CalculatorServer server = CalculatorServer.start()) {
			Contexts.application()
				.withPropertyValues("scales.clients.calculator.uri=" + server.uri(),
						"scales.clients.calculator.connect=eager")
				.run((context) -> Await.until(() -> view(context).state() == SinkState.OPEN));
			Contexts.application()
				.withPropertyValues("scales.clients.calculator.uri=" + server.uri())
				.run((context) -> assertThat(view(context).state()).isEqualTo(SinkState.IDLE));
		}
	}

}
