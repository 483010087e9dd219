package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.RemoteCallException;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ClientResources;
import io.scalesrpc.client.ClientSettings;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.client.delivery.Callbacks;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.ServerSetProvider;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.discovery.StaticServerSet;
import io.scalesrpc.spring.app.AsyncCalculator;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.LoggerFactory;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Clients as beans, over a real server.
 */
@ExtendWith(OutputCaptureExtension.class)
class ScalesClientsAutoConfigurationTests {

	private CalculatorServer server;

	@BeforeEach
	void startServer() {
		this.server = CalculatorServer.start();
	}

	@AfterEach
	void stopServer() {
		this.server.close();
	}

	private ApplicationContextRunner application() {
		return configured(Contexts.application());
	}

	private ApplicationContextRunner configured(ApplicationContextRunner runner) {
		return runner.withPropertyValues("scales.clients.calculator.uri=" + this.server.uri());
	}

	@Test
	void theApplicationsInterfacesAreFoundAndShareAConnection() {
		application().run((context) -> {
			assertThat(context).hasSingleBean(CalculatorClient.class).hasBean("calculatorClient");
			assertThat(context.getBean(CalculatorClient.class).divide(12, 4)).isEqualTo(3);
			assertThat(context.getBean(AsyncCalculator.class).divide(9, 3).get()).isEqualTo(3);
			assertThat(this.server.server().stats().connections()).isEqualTo(1);
		});
	}

	@Test
	void chaosThatIsAllowedStrikesTheMethodItIsMeantForAndIsLogged(CapturedOutput output) {
		application()
			.withPropertyValues("scales.chaos-allowed=true", "scales.defaults.chaos.nack.percent=100",
					"scales.clients.calculator.chaos.nack.percent=0",
					"scales.clients.calculator.methods.divide.chaos.failure.percent=100",
					"scales.clients.calculator.methods.divide.chaos.failure.kind=remote")
			.run((context) -> {
				assertThatExceptionOfType(RemoteCallException.class)
					.isThrownBy(() -> context.getBean(CalculatorClient.class).divide(12, 4))
					.withMessageContaining("REMOTE (injected by chaos)");
				assertThat(this.server.calls()).hasValue(0);
				assertThat(output).contains("[calculator] chaos is on");
			});
	}

	@Test
	void aConcurrencyLimitIsThatOfTheClient() {
		application().withBean(SimpleMeterRegistry.class)
			.withPropertyValues("scales.clients.calculator.concurrency-limit.max=3")
			.run((context) -> {
				assertThat(context.getBean(CalculatorClient.class).divide(12, 4)).isEqualTo(3);
				assertThat(context.getBean(MeterRegistry.class).get("scales.client.concurrency.limit").gauge().value())
					.isEqualTo(3);
			});
	}

	@Test
	void beansAreFoundByTypeBeforeTheyAreMade() {
		application().withInitializer((context) -> context.addBeanFactoryPostProcessor((factory) -> {
		})).run((context) -> {
			assertThat(context.getBeanFactory().getBeanNamesForType(CalculatorClient.class, true, false))
				.containsExactly("calculatorClient");
			assertThat(context.getBean(CalculatorClient.class)).isSameAs(context.getBean(CalculatorClient.class));
		});
	}

	@Test
	void nothingIsSearchedWhereTheApplicationSaysWhatToTake() {
		configured(Contexts.application()).withUserConfiguration(OneClient.class).run((context) -> {
			assertThat(context).hasSingleBean(CalculatorClient.class).doesNotHaveBean(AsyncCalculator.class);
			assertThat(context.getBean(CalculatorClient.class).divide(8, 2)).isEqualTo(4);
		});
	}

	@Test
	void namedPackagesAreSearched() {
		configured(Contexts.bare()).withUserConfiguration(NamedPackage.class)
			.run((context) -> assertThat(context).hasSingleBean(CalculatorClient.class)
				.hasSingleBean(AsyncCalculator.class));
	}

	@Test
	void anInterfaceThatCannotBeAnnotatedIsImported() {
		configured(Contexts.bare()).withUserConfiguration(Imported.class).run((context) -> {
			assertThat(context.getBean(Calculator.Iface.class).divide(12, 4)).isEqualTo(3);
			assertThat(context.getBean(Divider.class).divide(12, 3)).isEqualTo(4);
			assertThat(context.getBean(ScalesClientRegistry.class).names()).containsExactly("calculator");
		});
	}

	@Test
	void theAutomaticSearchGoesOnBesideImports() {
		application().withUserConfiguration(Imported.class)
			.run((context) -> assertThat(context).hasSingleBean(CalculatorClient.class).hasSingleBean(Divider.class));
	}

	@Test
	void aFreeFormInterfaceAloneNeedsTheService() {
		configured(Contexts.bare()).withUserConfiguration(OnlyFreeForm.class)
			.withPropertyValues("scales.clients.calculator.service=" + Calculator.class.getName())
			.run((context) -> assertThat(context.getBean(AsyncCalculator.class).divide(9, 3).get()).isEqualTo(3));
	}

	@Test
	void everySettingTakesEffect() {
		application()
			.withPropertyValues("scales.defaults.timeout=7s", "scales.defaults.connect-timeout=300ms",
					"scales.clients.calculator.timeout=2s", "scales.clients.calculator.close-grace=1s",
					"scales.clients.calculator.callbacks=event-loop", "scales.clients.calculator.balancer.type=heap",
					"scales.clients.calculator.balancer.slow-start=3s",
					"scales.clients.calculator.methods.divide.timeout=40ms",
					"scales.clients.calculator.methods.store_value.timeout=50ms")
			.run((context) -> {
				ClientSettings settings = context.getBean(ScalesClientRegistry.class)
					.client("calculator")
					.view()
					.settings();
				assertThat(settings.timeout()).isEqualTo(Duration.ofSeconds(2));
				assertThat(settings.connectTimeout()).isEqualTo(Duration.ofMillis(300));
				assertThat(settings.closeGrace()).isEqualTo(Duration.ofSeconds(1));
				assertThat(settings.callbacks()).isEqualTo(Callbacks.EVENT_LOOP);
				assertThat(settings.balancer())
					.isEqualTo(BalancerSettings.of(BalancerType.HEAP).withSlowStart(Duration.ofSeconds(3)));
				assertThat(settings.methodTimeouts()).containsOnlyKeys("divide", "store_value")
					.containsEntry("divide", Duration.ofMillis(40));
			});
	}

	@Test
	void limitsTakeEffect() {
		application().withPropertyValues("scales.clients.calculator.limits.max-frame-size=1KB").run((context) -> {
			CalculatorClient calculator = context.getBean(CalculatorClient.class);
			assertThatExceptionOfType(ScalesException.class).isThrownBy(() -> calculator.join("x".repeat(2000), "", 1));
		});
	}

	@Test
	void anEnvironmentVariableReachesANameWithADash() {
		Contexts.bare()
			.withUserConfiguration(Dashed.class)
			.withPropertyValues("scales.clients.pricelist.uri=" + this.server.uri())
			.run((context) -> assertThat(context.getBean(DashedClient.class).divide(6, 2)).isEqualTo(3));
	}

	@Test
	void beansOfTheApplicationTakePart() {
		application().withUserConfiguration(Extensions.class)
			.withPropertyValues("scales.clients.calculator.uri=fixed://there")
			.run((context) -> {
				assertThat(context.getBean(CalculatorClient.class).divide(4, 2)).isEqualTo(2);
				assertThat(context.getBean(AtomicInteger.class)).hasValue(1);
				assertThat(context.getBean(ScalesClientRegistry.class).client("calculator").view().settings().timeout())
					.isEqualTo(Duration.ofSeconds(3));
			});
	}

	@Test
	void aClientCanBeConfiguredInCodeAlone() {
		Contexts.application()
			.withBean(ScalesClientBuilderCustomizer.class, () -> (client, builder) -> builder.uri(this.server.uri()))
			.run((context) -> assertThat(context.getBean(CalculatorClient.class).divide(4, 2)).isEqualTo(2));
	}

	@Test
	void aClientOfNoInterfaceIsReachedThroughTheRegistry() {
		configured(Contexts.bare()).run((context) -> {
			ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
			assertThat(registry.client("calculator", Calculator.Iface.class).divide(4, 2)).isEqualTo(2);
			assertThat(registry.names()).containsExactly("calculator");
			assertThatIllegalArgumentException().isThrownBy(() -> registry.client("other"))
				.withMessageContaining("client: other");
		});
	}

	@Test
	void aClientNobodyUsesIsOnlyTold(CapturedOutput output) {
		((Logger) LoggerFactory.getLogger(ScalesClientsLifecycle.class)).setLevel(Level.INFO);
		application().withPropertyValues("scales.clients.unused.uri=tcp://localhost:1").run((context) -> {
			assertThat(context).hasNotFailed();
			assertThat(output).contains("scales.clients.unused: no interface")
				.doesNotContain("scales.clients.calculator");
		});
	}

	@Test
	void theContextStartsWithoutAServer() {
		Contexts.application()
			.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1")
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void closingTheContextClosesClientsAfterTheWebServersDrain() {
		AtomicReference<ClientHandle<?>> handle = new AtomicReference<>();
		AtomicReference<SinkState> seen = new AtomicReference<>();
		application()
			.withBean("draining", SmartLifecycle.class,
					() -> new WhenStopped(() -> seen.set(handle.get().view().state())))
			.run((context) -> {
				context.getBean(CalculatorClient.class).divide(1, 1);
				handle.set(context.getBean(ScalesClientRegistry.class).client("calculator"));
			});
		assertThat(seen).hasValue(SinkState.OPEN);
		assertThat(handle.get().view().state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void resourcesOfTheApplicationTakePrecedence() {
		ClientResources own = ClientResources.create(1);
		application().withBean(ClientResources.class, () -> own)
			.run((context) -> assertThat(context.getBean(ClientResources.class)).isSameAs(own));
	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = CalculatorClient.class)
	static class OneClient {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(basePackageClasses = CalculatorClient.class)
	static class NamedPackage {

	}

	@Configuration(proxyBeanMethods = false)
	@ImportScalesClients(name = "calculator", types = Calculator.Iface.class)
	@ImportScalesClients(name = "calculator", types = Divider.class, service = Calculator.class)
	static class Imported {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = AsyncCalculator.class)
	static class OnlyFreeForm {

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = DashedClient.class)
	static class Dashed {

	}

	@ScalesClient("price-list")
	interface DashedClient extends Calculator.Iface {

	}

	interface Divider {

		int divide(int dividend, int divisor);

	}

	@Configuration(proxyBeanMethods = false)
	static class Extensions {

		@Bean
		AtomicInteger filtered() {
			return new AtomicInteger();
		}

		@Bean
		CallFilter counting(AtomicInteger filtered) {
			return (call, next) -> {
				filtered.incrementAndGet();
				next.dispatch(call);
			};
		}

		@Bean(destroyMethod = "close")
		CalculatorServer anotherServer() {
			return CalculatorServer.start();
		}

		@Bean
		ServerSetProvider fixed(CalculatorServer anotherServer) {
			return new FixedProvider(Member.of("localhost", anotherServer.server().port()));
		}

		@Bean
		ScalesClientBuilderCustomizer shorter() {
			return (client, builder) -> builder.timeout(Duration.ofSeconds(3));
		}

	}

	private record FixedProvider(Member member) implements ServerSetProvider {

		@Override
		public String scheme() {
			return "fixed";
		}

		@Override
		public ServerSet create(ServerSetUri uri) {
			return new StaticServerSet(List.of(this.member));
		}

	}

	/** Stops when the web server stops to answer. */
	private static final class WhenStopped implements SmartLifecycle {

		private final Runnable action;

		private boolean running;

		WhenStopped(Runnable action) {
			this.action = action;
		}

		@Override
		public void start() {
			this.running = true;
		}

		@Override
		public void stop() {
			this.running = false;
			this.action.run();
		}

		@Override
		public boolean isRunning() {
			return this.running;
		}

		@Override
		public int getPhase() {
			return DEFAULT_PHASE - 2048;
		}

	}

}
