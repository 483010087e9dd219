package io.scalesrpc.spring.client.settings;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.balancer.ZoneSettings;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientBuilderCustomizer;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.context.environment.EnvironmentChangeEvent;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Settings that change while clients live, over a real server.
 */
@ExtendWith(OutputCaptureExtension.class)
class LiveSettingsTests {

	private static final String CLIENT = "scales.clients.calculator.";

	/** What is written over the configuration. */
	private final Map<String, Object> later = new ConcurrentHashMap<>();

	private final ApplicationContextRunner runner = Contexts.application()
		.withInitializer((context) -> context.getEnvironment()
			.getPropertySources()
			.addFirst(new MapPropertySource("later", this.later)))
		.withPropertyValues("scales.chaos-allowed=true");

	private ApplicationContextRunner to(CalculatorServer server) {
		return this.runner.withPropertyValues(CLIENT + "uri=" + server.uri());
	}

	@Test
	void sixtyFourCallersLoseNoCallWhileSettingsChangeAndSeeThemWithinASecond() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				CalculatorClient client = context.getBean(CalculatorClient.class);
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				client.divide(1, 1);
				AtomicInteger calls = new AtomicInteger();
				AtomicReference<Throwable> failed = new AtomicReference<>();
				CountDownLatch stop = new CountDownLatch(1);
				List<Thread> callers = new ArrayList<>();
				for (int i = 0; i < 64; i++) {
					Thread caller = new Thread(() -> {
						try {
							while (stop.getCount() > 0 && failed.get() == null) {
								client.divide(42, 6);
								calls.incrementAndGet();
								LockSupport.parkNanos(Duration.ofMillis(1).toNanos());
							}
						}
						catch (Throwable ex) {
							failed.compareAndSet(null, ex);
						}
					});
					caller.start();
					callers.add(caller);
				}
				for (int round = 0; round < 20; round++) {
					int before = calls.get();
					boolean on = round % 2 == 0;
					this.later.put(CLIENT + "timeout", (5 + round) + "s");
					this.later.put(CLIENT + "idempotent", on);
					this.later.put(CLIENT + "hedging.enabled", on);
					this.later.put(CLIENT + "retry.max-attempts", 2 + round % 3);
					this.later.put(CLIENT + "retry.budget.min-per-second", round);
					this.later.put(CLIENT + "circuit-breaker.enabled", on);
					this.later.put(CLIENT + "member-breaker.enabled", !on);
					this.later.put(CLIENT + "throttling.enabled", !on);
					this.later.put(CLIENT + "concurrency-limit.max", on ? 1000 : 0);
					this.later.put(CLIENT + "balancer.aperture.min-size", 1 + round);
					if (on) {
						this.later.remove(CLIENT + "hedging.enabled");
					}
					registry.refresh();
					while (calls.get() < before + 64 && failed.get() == null) {
						Thread.onSpinWait();
					}
				}
				long start = System.nanoTime();
				this.later.put(CLIENT + "chaos.nack.percent", 100);
				this.later.keySet().removeIf((name) -> name.contains(".retry.") || name.contains(".hedging."));
				this.later.put(CLIENT + "retry.enabled", false);
				int before = calls.get();
				registry.refresh();
				for (Thread caller : callers) {
					caller.join(TimeUnit.SECONDS.toMillis(10));
				}
				long taken = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
				System.out.printf(
						"settings changed 20 times under %d calls, 0 failed; the last was seen by all after %d ms, %d calls%n",
						before, taken, calls.get() - before);
				assertThat(failed.get()).as("the change that makes them fail, and none before")
					.isInstanceOf(NotSentException.class);
				assertThat(calls.get()).isGreaterThan(20 * 64);
				assertThat(taken).isLessThan(1000);
				assertThat(server.server().stats().connections()).as("the connection stayed").isEqualTo(1);
				stop.countDown();
			});
		}
	}

	@Test
	void everyHotSettingIsTheClientsAtOnce() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).withPropertyValues(CLIENT + "balancer.zone.name=eu-1a").run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientHandle<?> handle = registry.client("calculator");
				this.later.putAll(Map.of(CLIENT + "timeout", "3s", CLIENT + "methods.divide.timeout", "700ms",
						CLIENT + "methods.divide.idempotent", "true", CLIENT + "methods.divide.hedging.enabled", "true",
						CLIENT + "retry.max-attempts", "5", CLIENT + "retry.budget.ratio", "0.5",
						CLIENT + "balancer.aperture.min-size", "3", CLIENT + "balancer.slow-start", "4s"));
				this.later
					.putAll(Map.of(CLIENT + "member-breaker.consecutive-failures", "7", CLIENT + "throttling.threshold",
							"0.3", CLIENT + "concurrency-limit.max", "9", CLIENT + "attempt-timeout", "400ms",
							CLIENT + "balancer.zone.max-load", "5", "scales.defaults.circuit-breaker.enabled", "true"));
				registry.refresh();
				ClientSettings now = handle.view().settings();
				assertThat(now.timeout()).isEqualTo(Duration.ofSeconds(3));
				assertThat(now.methodTimeouts()).containsEntry("divide", Duration.ofMillis(700));
				assertThat(now.methodOptions().get("divide").get(HedgingSettings.KEY).enabled()).isTrue();
				assertThat(now.options().get(RetrySettings.KEY).maxAttempts()).isEqualTo(5);
				assertThat(now.retryBudget().ratio()).isEqualTo(0.5);
				assertThat(now.balancer().aperture().minSize()).isEqualTo(3);
				assertThat(now.balancer().slowStart()).isEqualTo(Duration.ofSeconds(4));
				assertThat(now.balancer().zone()).isEqualTo(ZoneSettings.of("eu-1a").withMaxLoad(5));
				assertThat(now.memberBreaker().consecutiveFailures()).isEqualTo(7);
				assertThat(now.concurrencyLimit().max()).isEqualTo(9);
				assertThat(handle.circuitBreakers().isEmpty()).isFalse();
				context.getBean(CalculatorClient.class).divide(1, 1);
			});
		}
	}

	@Test
	void aCircuitBreakerKeepsItsStateWhenItsSettingsChange() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).withPropertyValues(CLIENT + "circuit-breaker.enabled=true").run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				registry.client("calculator").circuitBreakers().set("*", CircuitState.FORCED_OPEN, "alice");
				this.later.put(CLIENT + "circuit-breaker.fail-max", "9");
				registry.refresh();
				CalculatorClient client = context.getBean(CalculatorClient.class);
				assertThatExceptionOfType(NotSentException.class).isThrownBy(() -> client.divide(1, 1));
				this.later.put(CLIENT + "circuit-breaker.enabled", "false");
				this.later.remove(CLIENT + "circuit-breaker.fail-max");
				registry.refresh();
				assertThat(client.divide(4, 2)).isEqualTo(2);
			});
		}
	}

	@Test
	void aBadValueIsRefusedAsAWholeWithItsText() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientSettings before = registry.client("calculator").view().settings();
				this.later.put(CLIENT + "timeout", "3s");
				this.later.put(CLIENT + "retry.max-attempts", "0");
				assertThatException().isThrownBy(registry::refresh).withMessageContaining("maxAttempts: 0");
				assertThat(registry.refusedSettings()).contains(CLIENT + "retry.max-attempts", "0 (expected: 1..5)");
				assertThat(registry.client("calculator").view().settings()).isEqualTo(before);
				this.later.remove(CLIENT + "retry.max-attempts");
				this.later.put(CLIENT + "retry.max-attemps", "4");
				assertThatException().isThrownBy(registry::refresh);
				assertThat(registry.refusedSettings()).contains("max-attemps");
				this.later.remove(CLIENT + "retry.max-attemps");
				this.later.put(CLIENT + "methods.devide.timeout", "1s");
				assertThatException().isThrownBy(registry::refresh).withMessageContaining("devide");
				assertThat(registry.client("calculator").view().settings()).isEqualTo(before);
				assertThat(registry.settings("calculator").timeout()).isEqualTo(Duration.ofSeconds(10));
				this.later.remove(CLIENT + "methods.devide.timeout");
				registry.refresh();
				assertThat(registry.refusedSettings()).isNull();
				assertThat(registry.client("calculator").view().settings().timeout()).isEqualTo(Duration.ofSeconds(3));
			});
		}
	}

	@Test
	void faultsOnPurposeMustBeAllowed() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).withPropertyValues("scales.chaos-allowed=false").run((context) -> {
				this.later.put(CLIENT + "chaos.nack.percent", "100");
				assertThatException().isThrownBy(context.getBean(ScalesClientRegistry.class)::refresh)
					.withMessageContaining("chaos-allowed");
				assertThat(context.getBean(CalculatorClient.class).divide(4, 2)).isEqualTo(2);
			});
		}
	}

	@Test
	void whatCannotChangeIsToldInTheLog(CapturedOutput output) {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				this.later.put(CLIENT + "limits.max-pending-calls", "7");
				this.later.put("scales.inbound.enabled", "false");
				this.later.put(CLIENT + "timeout", "3s");
				registry.refresh();
				assertThat(output)
					.contains(
							"'scales.clients.calculator.limits.max-pending-calls' has changed, which takes effect when",
							"'scales.inbound.enabled' has changed, which takes effect when")
					.doesNotContain("timeout' has changed");
				int length = output.getAll().length();
				registry.refresh();
				assertThat(output.getAll().substring(length)).as("told once").doesNotContain("has changed");
			});
		}
	}

	@Test
	void aClientThatIsMadeWhileSettingsChangeHasThoseOfNow() {
		try (CalculatorServer server = CalculatorServer.start()) {
			AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {
			});
			// Asked when the settings of the client have been read.
			ScalesClientBuilderCustomizer customizer = (client, builder) -> meanwhile.get().run();
			to(server).withPropertyValues("scales.clients.other.uri=" + server.uri())
				.withBean(ScalesClientBuilderCustomizer.class, () -> customizer)
				.run((context) -> {
					ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
					meanwhile.set(() -> {
						meanwhile.set(() -> {
						});
						this.later.put("scales.clients.other.timeout", "3s");
						registry.refresh();
					});
					ClientHandle<?> handle = registry.handle("other", CalculatorClient.class);
					assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(3));
				});
		}
	}

	/**
	 * Whoever makes a bean holds Spring's lock, and may have settings taken over, too.
	 */
	@Test
	void noLockIsHeldWhileBeansAreAskedFor() {
		try (CalculatorServer server = CalculatorServer.start()) {
			AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {
			});
			ScalesClientBuilderCustomizer customizer = (client, builder) -> meanwhile.get().run();
			to(server).withBean(ScalesClientBuilderCustomizer.class, () -> customizer).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientHandle<?> handle = registry.client("calculator");
				AtomicReference<Boolean> ended = new AtomicReference<>();
				meanwhile.set(() -> {
					meanwhile.set(() -> {
					});
					this.later.put(CLIENT + "timeout", "4s");
					Thread other = new Thread(registry::refresh, "another-refresh");
					other.start();
					try {
						other.join(TimeUnit.SECONDS.toMillis(30));
					}
					catch (InterruptedException ex) {
						throw new IllegalStateException(ex);
					}
					ended.set(!other.isAlive());
				});
				this.later.put(CLIENT + "timeout", "3s");
				registry.refresh();
				assertThat(ended).hasValue(true);
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(4));
			});
		}
	}

	@Test
	void springCloudsEventTakesThemOverAndAMistakeHarmsNobodyElse(CapturedOutput output) {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				registry.client("calculator");
				this.later.put(CLIENT + "timeout", "3s");
				context.publishEvent(new EnvironmentChangeEvent(context, this.later.keySet()));
				assertThat(registry.client("calculator").view().settings().timeout()).isEqualTo(Duration.ofSeconds(3));
				this.later.put(CLIENT + "timeout", "never");
				context.publishEvent(new EnvironmentChangeEvent(context, this.later.keySet()));
				assertThat(output).contains("settings are refused, all of them", "never");
				assertThat(registry.client("calculator").view().settings().timeout()).isEqualTo(Duration.ofSeconds(3));
			});
		}
	}

	@Test
	void theLevelOfAClientsLoggerIsTakenOver() {
		LoggingSystem system = LoggingSystem.get(getClass().getClassLoader());
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).withBean(LoggingSystem.class, () -> system).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				this.later.put("logging.level.scales.client.calculator", "debug");
				registry.refresh();
				assertThat(system.getLoggerConfiguration("scales.client.calculator").getConfiguredLevel())
					.isEqualTo(LogLevel.DEBUG);
				this.later.clear();
				registry.refresh();
				assertThat(system.getLoggerConfiguration("scales.client.calculator").getConfiguredLevel()).isNull();
			});
		}
	}

	@Test
	void namesThatKindsHadOnceAreReadAsAtTheStart() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).withPropertyValues(CLIENT + "retry.on=unknown", "scales.defaults.chaos.failure.kind=unknown")
				.run((context) -> {
					ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
					registry.client("calculator");
					this.later.put(CLIENT + "timeout", "3s");
					registry.refresh();
					assertThat(registry.client("calculator").view().settings().timeout())
						.isEqualTo(Duration.ofSeconds(3));
				});
		}
	}

}
