package io.scalesrpc.spring.inbound;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.scalesrpc.call.CallTimeoutException;
import io.scalesrpc.call.ConnectionLostException;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.client.ClientView;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.spring.server.FixedArithmetic;
import io.scalesrpc.spring.test.Act;
import io.scalesrpc.spring.test.ScriptedServer;
import io.scalesrpc.test.calculator.Calculator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What somebody from outside can do by the headers of a request, and cannot. Every line
 * of the table in docs/security.md names one of these tests.
 */
class OutsideCallerTests {

	private final ScriptedServer server = ScriptedServer.thriftMux(Calculator.class, new FixedArithmetic());

	private final WebApplicationContextRunner application = new WebApplicationContextRunner()
		.withConfiguration(AutoConfigurations.of(ScalesMetricsAutoConfiguration.class,
				ScalesClientsAutoConfiguration.class, ScalesInboundAutoConfiguration.class))
		.withUserConfiguration(Application.class)
		.withPropertyValues("scales.clients.calculator.uri=" + this.server.uri(),
				"scales.clients.calculator.timeout=5s", "scales.clients.calculator.close-grace=0s",
				"scales.clients.calculator.circuit-breaker.enabled=true",
				"scales.clients.calculator.circuit-breaker.fail-max=3",
				"scales.clients.calculator.member-breaker.consecutive-failures=3",
				"scales.clients.calculator.idempotent=true");

	@AfterEach
	void close() {
		this.server.close();
	}

	@Test
	void tooLittleTimeEndsTheCallersOwnCallsOnly() {
		this.application.run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			assertThat(client.divide(84, 2)).isEqualTo(42);
			this.server.always(Act.SILENCE);
			for (int i = 0; i < 20; i++) {
				assertThatExceptionOfType(CallTimeoutException.class)
					.isThrownBy(() -> request(context, () -> client.divide(84, 2), "X-Request-Timeout", "10"))
					.withMessageContaining("all that the request being served had left");
			}
			ClientView view = context.getBean(ScalesClientRegistry.class).client("calculator").view();
			assertThat(view.circuitBreakers().get(0).state()).isEqualTo(CircuitState.CLOSED);
			assertThat(view.circuitBreakers().get(0).failuresInARow()).isZero();
			assertThat(view.members().get(0).problem()).isEmpty();
			this.server.always(Act.ANSWER);
			assertThat(client.divide(84, 2)).isEqualTo(42);
		});
	}

	@Test
	void theClientsOwnTimeoutsCountAsBefore() {
		this.application.withPropertyValues("scales.clients.calculator.methods.divide.timeout=50ms").run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			client.ping();
			this.server.always(Act.SILENCE);
			for (int i = 0; i < 3; i++) {
				assertThatExceptionOfType(CallTimeoutException.class)
					.isThrownBy(() -> request(context, () -> client.divide(84, 2), "X-Request-Timeout", "1m"));
			}
			ClientView view = context.getBean(ScalesClientRegistry.class).client("calculator").view();
			assertThat(view.circuitBreakers().get(0).state()).isEqualTo(CircuitState.OPEN);
		});
	}

	@Test
	void noHeaderMakesATimeoutLonger() {
		this.application.withPropertyValues("scales.clients.calculator.methods.divide.timeout=50ms").run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			client.ping();
			this.server.always(Act.SILENCE);
			assertThatExceptionOfType(CallTimeoutException.class)
				.isThrownBy(() -> request(context, () -> client.divide(84, 2), "X-Request-Timeout", "1h"))
				.withMessageContaining("no answer within 50 ms");
		});
	}

	@Test
	void aTimeCanBeBoundedFromBelow() {
		this.application.withPropertyValues("scales.inbound.min-timeout=4s").run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			this.server.always(Act.late(Duration.ofMillis(50)));
			assertThat(request(context, () -> client.divide(84, 2), "X-Request-Timeout", "1ms")).isEqualTo(42);
		});
	}

	@Test
	void ofSeveralHeadersTheShortestCounts() {
		this.application.run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			client.ping();
			this.server.always(Act.SILENCE);
			assertThatExceptionOfType(CallTimeoutException.class).isThrownBy(() -> request(context,
					() -> client.divide(84, 2), "X-Request-Timeout", "5s", "X-Request-Timeout", "20, 3s"));
		});
	}

	@Test
	void aRequestThatSaysItIsRepeatedHasItsOwnCallsSentOnce() {
		this.application.run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			client.ping();
			this.server.next(Act.DROP);
			assertThatExceptionOfType(ConnectionLostException.class)
				.isThrownBy(() -> request(context, () -> client.divide(84, 2), "X-Retry-Attempt", "3"));
			this.server.next(Act.DROP);
			assertThat(client.divide(84, 2)).isEqualTo(42);
		});
	}

	@Test
	void aHeaderThatMakesNoSenseCountsAsNotSent() {
		this.application.run((context) -> {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			for (String value : List.of("0", "-1", "", "soon", "9".repeat(100_000), "1,".repeat(10_000) + "x")) {
				assertThat(request(context, () -> client.divide(84, 2), "grpc-timeout", value)).isEqualTo(42);
				assertThat(request(context, () -> client.divide(84, 2), "X-Retry-Attempt", value)).isEqualTo(42);
			}
		});
	}

	@Test
	void headersCanBeSwitchedOff() {
		this.application.withPropertyValues("scales.inbound.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(InboundRequestFilter.class));
	}

	@Test
	void everyLineOfTheDocumentIsTried() throws IOException {
		List<String> named = Pattern.compile("`([a-z]\\w+)` \\|$", Pattern.MULTILINE)
			.matcher(Files.readString(Path.of("..", "docs", "security.md")))
			.results()
			.map((row) -> row.group(1))
			.toList();
		List<String> tests = Stream.of(OutsideCallerTests.class.getDeclaredMethods())
			.filter((method) -> method.isAnnotationPresent(Test.class))
			.map((method) -> method.getName())
			.filter((name) -> !name.equals("everyLineOfTheDocumentIsTried"))
			.toList();
		assertThat(named).containsExactlyInAnyOrderElementsOf(tests);
	}

	/** Does something for a request with headers. */
	private static <T> T request(ApplicationContext context, Callable<T> action, String... headers) throws Exception {
		MockHttpServletRequest request = new MockHttpServletRequest();
		for (int i = 0; i < headers.length; i += 2) {
			request.addHeader(headers[i], headers[i + 1]);
		}
		AtomicReference<@Nullable T> result = new AtomicReference<>();
		AtomicReference<@Nullable Exception> failure = new AtomicReference<>();
		context.getBean(InboundRequestFilter.class)
			.doFilter(request, new MockHttpServletResponse(), (ignored, response) -> {
				try {
					result.set(action.call());
				}
				catch (Exception ex) {
					failure.set(ex);
				}
			});
		Exception thrown = failure.get();
		if (thrown != null) {
			throw thrown;
		}
		T value = result.get();
		assertThat(value).isNotNull();
		return value;
	}

	/** The application. <em>Immutable</em>. */
	@AutoConfigurationPackage(basePackageClasses = CalculatorClient.class)
	static class Application {

	}

}
