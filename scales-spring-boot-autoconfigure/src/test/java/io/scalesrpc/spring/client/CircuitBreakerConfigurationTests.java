package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.circuitbreaker.CircuitBreakerEvent;
import io.scalesrpc.circuitbreaker.CircuitBreakerListener;
import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.endpoint.ScalesEndpoint;
import io.scalesrpc.spring.endpoint.ScalesEndpointAutoConfiguration;
import io.scalesrpc.spring.endpoint.SettingDescriptor;
import io.scalesrpc.spring.testing.Await;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.groups.Tuple.tuple;

/**
 * Circuit breakers from properties to what operators see.
 */
class CircuitBreakerConfigurationTests {

	private final ApplicationContextRunner runner = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
		.withPropertyValues("management.endpoints.web.exposure.include=scales",
				"scales.clients.calculator.uri=tcp://localhost:1", "scales.clients.calculator.timeout=300ms");

	private static List<CircuitBreakerView> breakers(ApplicationContext context) {
		return context.getBean(ScalesClientRegistry.class).client("calculator").view().circuitBreakers();
	}

	@Test
	void thereIsNoneUnlessSomebodySwitchesItOn() {
		this.runner.run((context) -> {
			assertThat(breakers(context)).isEmpty();
			assertThat(context.getBean(ScalesEndpoint.class).client("calculator", true).settings())
				.containsEntry("circuit-breaker.enabled", new SettingDescriptor("false", null, null))
				.doesNotContainKey("circuit-breaker.fail-max");
		});
	}

	@Test
	void aMethodHasWhatItDoesNotSayFromItsClientAndTheDefaults() {
		this.runner
			.withPropertyValues("scales.defaults.circuit-breaker.enabled=true",
					"scales.defaults.circuit-breaker.reset-timeout=7s",
					"scales.clients.calculator.circuit-breaker.half-open-calls=2",
					"scales.clients.calculator.circuit-breaker.failure-rate.window=10s",
					"scales.clients.calculator.methods.divide.circuit-breaker.fail-max=3",
					"scales.clients.calculator.methods.divide.circuit-breaker.failure-rate.threshold=0.5")
			.run((context) -> {
				assertThat(breakers(context)).extracting(CircuitBreakerView::scope).containsExactly("*", "divide");
				Map<String, SettingDescriptor> settings = context.getBean(ScalesEndpoint.class)
					.client("calculator", true)
					.settings();
				String method = "methods.divide.circuit-breaker.";
				assertThat(settings.get(method + "fail-max").value()).isEqualTo("3");
				assertThat(settings.get(method + "failure-rate.threshold").value()).isEqualTo("0.5");
				assertThat(settings.get(method + "failure-rate.window").value()).isEqualTo("10000ms");
				assertThat(settings.get(method + "half-open-calls"))
					.extracting(SettingDescriptor::value, SettingDescriptor::property)
					.containsExactly("2", "scales.clients.calculator.circuit-breaker.half-open-calls");
				assertThat(settings.get(method + "reset-timeout"))
					.extracting(SettingDescriptor::value, SettingDescriptor::property)
					.containsExactly("7000ms", "scales.defaults.circuit-breaker.reset-timeout");
				assertThat(settings.get("circuit-breaker.fail-max").value()).isEqualTo("5");
				assertThat(settings).doesNotContainKey("circuit-breaker.failure-rate.window");
			});
	}

	@Test
	void aMethodMayBeExempt() {
		this.runner
			.withPropertyValues("scales.clients.calculator.circuit-breaker.enabled=true",
					"scales.clients.calculator.circuit-breaker.fail-max=1",
					"scales.clients.calculator.methods.divide.circuit-breaker.enabled=false")
			.run((context) -> {
				callInVain(context, 3);
				assertThat(breakers(context)).extracting(CircuitBreakerView::scope, CircuitBreakerView::state)
					.containsExactly(tuple("*", CircuitState.CLOSED));
			});
	}

	@Test
	void settingsOfAClientMayBeForAMethodAlone() {
		this.runner
			.withPropertyValues("scales.clients.calculator.circuit-breaker.fail-max=1",
					"scales.clients.calculator.methods.divide.circuit-breaker.enabled=true")
			.run((context) -> {
				callInVain(context, 1);
				assertThat(breakers(context)).extracting(CircuitBreakerView::scope, CircuitBreakerView::state)
					.containsExactly(tuple("divide", CircuitState.OPEN));
			});
	}

	@Test
	void transitionsAreToldToBeansAndEventListeners() {
		this.runner.withBean(Listener.class)
			.withBean(Subscriber.class)
			.withPropertyValues("scales.clients.calculator.circuit-breaker.enabled=true",
					"scales.clients.calculator.circuit-breaker.fail-max=2")
			.run((context) -> {
				callInVain(context, 3);
				List<CircuitBreakerEvent> told = context.getBean(Listener.class).events;
				List<CircuitBreakerEvent> published = context.getBean(Subscriber.class).events;
				Await.until(() -> told.size() == 1 && published.size() == 1);
				assertThat(told).isEqualTo(published)
					.extracting(CircuitBreakerEvent::client, CircuitBreakerEvent::scope, CircuitBreakerEvent::to)
					.containsExactly(tuple("calculator", "*", CircuitState.OPEN));
			});
	}

	@Test
	void aForcedBreakerIsShown() {
		this.runner.withPropertyValues("scales.clients.calculator.circuit-breaker.enabled=true").run((context) -> {
			context.getBean(ScalesClientRegistry.class)
				.client("calculator")
				.circuitBreakers()
				.set("*", CircuitState.FORCED_OPEN, "alice");
			assertThat(context.getBean(ScalesEndpoint.class).client("calculator", true).circuitBreakers())
				.singleElement()
				.satisfies((breaker) -> {
					assertThat(breaker.state()).isEqualTo("forced-open");
					assertThat(breaker.problem()).isEqualTo("forced open: set by alice");
					assertThat(Duration.ofMillis(breaker.ageMillis())).isLessThan(Duration.ofMinutes(1));
				});
		});
	}

	private static void callInVain(ApplicationContext context, int times) {
		CalculatorClient client = context.getBean(CalculatorClient.class);
		for (int i = 0; i < times; i++) {
			assertThatException().isThrownBy(() -> client.divide(2, 1));
		}
	}

	/**
	 * A bean that is told. <em>Thread-safe</em>.
	 */
	static class Listener implements CircuitBreakerListener {

		final List<CircuitBreakerEvent> events = new CopyOnWriteArrayList<>();

		@Override
		public void changed(CircuitBreakerEvent event) {
			this.events.add(event);
		}

	}

	/**
	 * A bean with an event listener. <em>Thread-safe</em>.
	 */
	static class Subscriber {

		final List<CircuitBreakerEvent> events = new CopyOnWriteArrayList<>();

		@EventListener
		void changed(CircuitBreakerEvent event) {
			this.events.add(event);
		}

	}

}
