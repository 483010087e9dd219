package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.settings.OperatorSettings;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatException;

/**
 * Settings that an operator sets while clients live, over a real server.
 */
class OperatorSettingsTests {

	private static final String CLIENT = "scales.clients.calculator.";

	/** What is written over the configuration. */
	private final Map<String, Object> later = new ConcurrentHashMap<>();

	/** Done once by a bean that is asked while settings are looked at. */
	private final AtomicReference<@Nullable Runnable> meanwhile = new AtomicReference<>();

	/** Whether what the application changes of a stack fails. */
	private boolean broken;

	private ApplicationContextRunner to(CalculatorServer server) {
		return Contexts.application()
			.withInitializer((context) -> context.getEnvironment()
				.getPropertySources()
				.addFirst(new MapPropertySource("later", this.later)))
			.withPropertyValues(CLIENT + "uri=" + server.uri())
			.withBean(ScalesClientBuilderCustomizer.class, () -> (client, builder) -> {
				builder.stack((stack) -> {
					if (this.broken) {
						throw new IllegalStateException("the application's own stage");
					}
				});
				Runnable once = this.meanwhile.getAndSet(null);
				if (once != null) {
					once.run();
				}
			});
	}

	/**
	 * Has another thread do something, and waits for it as the bean of an application
	 * may.
	 */
	private void meanwhile(AtomicReference<String> ended, Runnable task) {
		this.meanwhile.set(() -> {
			AtomicReference<String> end = new AtomicReference<>("still waiting");
			Thread other = new Thread(() -> {
				try {
					task.run();
					end.set("done");
				}
				catch (RuntimeException ex) {
					end.set(String.valueOf(ex.getMessage()));
				}
			}, "another-operator");
			other.start();
			try {
				other.join(TimeUnit.SECONDS.toMillis(30));
			}
			catch (InterruptedException ex) {
				throw new IllegalStateException(ex);
			}
			ended.set(end.get());
		});
	}

	/**
	 * Whoever makes a bean holds Spring's lock, and may set something, too.
	 */
	@Test
	void aBeanThatIsAskedMayWaitForAnotherOperator() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientHandle<?> handle = registry.client("calculator");
				AtomicReference<String> ended = new AtomicReference<>();
				meanwhile(ended, () -> registry.override("calculator", "attempt-timeout", "400ms", null, "bob"));
				registry.override("calculator", "timeout", "3s", null, "alice");
				assertThat(ended).hasValue("done");
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(3));
				assertThat(registry.settings("calculator").attemptTimeout()).isEqualTo(Duration.ofMillis(400));
				meanwhile(ended, () -> registry.override("calculator", "timeout", "4s", null, "bob"));
				registry.endOverride("calculator", "attempt-timeout", "alice");
				assertThat(ended).hasValue("done");
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(4));
				assertThat(registry.settings("calculator").attemptTimeout()).isNull();
			});
		}
	}

	@Test
	void whatIsRefusedOfOneIsSeenByNobodyElse() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientHandle<?> handle = registry.client("calculator");
				AtomicReference<String> ended = new AtomicReference<>();
				AtomicReference<String> seen = new AtomicReference<>();
				meanwhile(ended, () -> {
					seen.set(context.getEnvironment().getProperty(CLIENT + "retry.max-attempts", "none"));
					this.later.put(CLIENT + "timeout", "4s");
					registry.refresh();
				});
				assertThatException()
					.isThrownBy(() -> registry.override("calculator", "retry.max-attempts", "0", null, "alice"))
					.withMessageContaining("0 (expected: 1..5)");
				assertThat(ended).as("a refresh meanwhile").hasValue("done");
				assertThat(seen).hasValue("none");
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(4));
				assertThat(registry.refusedSettings()).as("the configuration is right").isNull();
			});
		}
	}

	@Test
	void aStageOfTheApplicationThatFailsLeavesAllAsItWas() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientHandle<?> handle = registry.client("calculator");
				this.broken = true;
				assertThatException().isThrownBy(() -> registry.override("calculator", "timeout", "3s", null, "alice"))
					.withMessageContaining("own stage");
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(10));
				assertThat(registry.settings("calculator").timeout()).isEqualTo(Duration.ofSeconds(10));
				assertThat(context.getEnvironment().getProperty(CLIENT + "timeout", "none")).isEqualTo("none");
				this.broken = false;
				registry.override("calculator", "timeout", "3s", null, "alice");
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(3));
			});
		}
	}

	@Test
	void aBeanThatIsAskedMaySetSomethingItself() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientHandle<?> handle = registry.client("calculator");
				this.meanwhile.set(() -> registry.override("calculator", "timeout", "4s", null, "a bean"));
				registry.override("calculator", "timeout", "3s", null, "alice");
				assertThat(handle.view().settings().timeout()).as("the last one").isEqualTo(Duration.ofSeconds(3));
				assertThat(context.getEnvironment().getProperty(CLIENT + "timeout")).isEqualTo("3s");
			});
		}
	}

	@Test
	void anOperatorsSettingWhoseEndIsRefusedEndsLater() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientHandle<?> handle = registry.client("calculator");
				List<Runnable> due = new ArrayList<>();
				OperatorSettings operators = new OperatorSettings(context.getEnvironment(), registry::propose,
						(task, time) -> due.add(task));
				operators.set("calculator", "timeout", "3s", Duration.ofMinutes(5), "alice");
				this.later.put(CLIENT + "retry.max-attempts", "0");
				due.get(0).run();
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(3));
				assertThatException().isThrownBy(() -> operators.end("calculator", "timeout", "alice"));
				this.later.remove(CLIENT + "retry.max-attempts");
				due.get(1).run();
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(10));
			});
		}
	}

	@Test
	void anOperatorsSettingComesFirstAndEndsWithItsTime() {
		try (CalculatorServer server = CalculatorServer.start()) {
			to(server).run((context) -> {
				ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
				ClientHandle<?> handle = registry.client("calculator");
				List<Runnable> due = new ArrayList<>();
				OperatorSettings operators = new OperatorSettings(context.getEnvironment(), registry::propose,
						(task, time) -> due.add(task));
				operators.set("calculator", "timeout", "3s", Duration.ofMinutes(5), "alice");
				operators.set("calculator", "timeout", "4s", Duration.ofMinutes(5), "alice");
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(4));
				due.get(0).run();
				assertThat(handle.view().settings().timeout()).as("the older change ends nothing")
					.isEqualTo(Duration.ofSeconds(4));
				due.get(1).run();
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(10));
				assertThatException().isThrownBy(() -> operators.set("calculator", "timeout", "0s", null, "alice"))
					.withMessageContaining("timeout");
				assertThatException().isThrownBy(() -> operators.set("calculator", "uri", "tcp://h:1", null, "alice"))
					.withMessageContaining("one that may change while the client lives");
				assertThatException().isThrownBy(() -> operators.end("calculator", "timeout", "alice"))
					.withMessageContaining("one that an operator has set");
				assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(10));
			});
		}
	}

}
