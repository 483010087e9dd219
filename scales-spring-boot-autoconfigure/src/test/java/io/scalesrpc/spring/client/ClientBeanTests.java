package io.scalesrpc.spring.client;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.CallFilter;
import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.ScalesConfigurationException;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.declaration.MissingClientFailureAnalyzer;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.boot.LazyInitializationBeanFactoryPostProcessor;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.cloud.autoconfigure.RefreshAutoConfiguration;
import org.springframework.cloud.context.config.annotation.RefreshScope;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.support.SpringFactoriesLoader;
import org.springframework.core.io.support.SpringFactoriesLoader.ArgumentResolver;
import org.springframework.scheduling.annotation.EnableScheduling;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.config.ScheduledTaskHolder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Clients as beans among others.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientBeanTests {

	private final ApplicationContextRunner application = Contexts.application()
		.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1");

	@Test
	void aClientIsOneObjectThatIsProcessedOnce() {
		this.application.withUserConfiguration(TwoUsers.class).run((context) -> {
			CalculatorClient bean = context.getBean(CalculatorClient.class);
			assertThat(context.getBean("first", User.class).client()).isSameAs(bean);
			assertThat(context.getBean("second", User.class).client()).isSameAs(bean);
			assertThat(context.getBean(Counting.class).clients).hasValue(1);
		});
	}

	@Test
	void aScheduledDefaultMethodIsOneTask() {
		Contexts.bare()
			.withUserConfiguration(Scheduling.class)
			.withPropertyValues("scales.clients.beat.uri=tcp://localhost:1")
			.run((context) -> {
				context.getBean(Beat.class);
				assertThat(context.getBean(ScheduledTaskHolder.class).getScheduledTasks()).hasSize(1);
			});
	}

	@Test
	void aContextWithoutAutoConfigurationStartsAndSaysWhatToDoWhenAClientIsAskedFor() {
		new ApplicationContextRunner().withUserConfiguration(Enabling.class).run((context) -> {
			assertThat(context).hasNotFailed();
			assertThatExceptionOfType(Exception.class).isThrownBy(() -> context.getBean(CalculatorClient.class))
				.havingRootCause()
				.isInstanceOf(ScalesConfigurationException.class)
				.withMessageContaining("ScalesClientsAutoConfiguration is no part of this context")
				.satisfies((ex) -> assertThat(ScalesConfigurationException.text(ex))
					.contains("@MockitoBean CalculatorClient", "@AutoConfigureScalesClients"));
		});
	}

	@Test
	void noLockIsHeldWhileBeansAreAskedFor() {
		this.application.withUserConfiguration(LookingAround.class)
			.run((context) -> assertThat(context).hasNotFailed());
	}

	@Test
	void aLazyApplicationMakesNoClientUntilOneIsUsed() {
		Contexts.application()
			.withInitializer(
					(context) -> context.addBeanFactoryPostProcessor(new LazyInitializationBeanFactoryPostProcessor()))
			.run((context) -> {
				assertThat(context).hasNotFailed();
				assertThat(context.getBean(ScalesClientRegistry.class).made("calculator")).isNull();
			});
	}

	@Test
	void aClientOutsideTheSearchedPackagesIsMissedWithTheAnnotationThatHelps() {
		AtomicReference<BeanFactory> beans = new AtomicReference<>();
		this.application.withInitializer((context) -> beans.set(context.getBeanFactory()))
			.withUserConfiguration(NeedsOutside.class)
			.run((context) -> {
				assertThat(context).hasFailed();
				FailureAnalysis analysis = new MissingClientFailureAnalyzer(beans.get())
					.analyze(context.getStartupFailure());
				assertThat(analysis).isNotNull();
				assertThat(analysis.getDescription()).contains("required a bean of type '" + Outside.class.getName())
					.contains("client 'outside'")
					.contains("io.scalesrpc.spring.app");
				assertThat(analysis.getAction()).contains("@EnableScalesClients(clients = Outside.class)");
			});
	}

	@Test
	void theReportOfSpringBootNamesTheAnnotationThatHelps(CapturedOutput output) {
		AtomicReference<ConfigurableApplicationContext> started = new AtomicReference<>();
		this.application.withInitializer(started::set).withUserConfiguration(NeedsOutside.class).run((context) -> {
			SpringFactoriesLoader.forDefaultResourceLocation()
				.load(SpringBootExceptionReporter.class,
						ArgumentResolver.of(ConfigurableApplicationContext.class, started.get()))
				.forEach((reporter) -> reporter.reportException(context.getStartupFailure()));
			assertThat(output).contains("@EnableScalesClients(clients = Outside.class)");
		});
	}

	@Test
	void anAmbiguousOrUnrelatedBeanIsNoMissingClient() {
		new ApplicationContextRunner().withUserConfiguration(NeedsUnrelated.class)
			.run((context) -> assertThat(new MissingClientFailureAnalyzer(new DefaultListableBeanFactory())
				.analyze(context.getStartupFailure())).isNull());
	}

	@Test
	void aBeanInRefreshScopeGoesOnWithItsClient() {
		try (CalculatorServer server = CalculatorServer.start()) {
			Contexts.application()
				.withConfiguration(AutoConfigurations.of(RefreshAutoConfiguration.class))
				.withUserConfiguration(Refreshed.class)
				.withPropertyValues("scales.clients.calculator.uri=" + server.uri())
				.run((context) -> {
					Divider divider = context.getBean(Divider.class);
					assertThat(divider.half(8)).isEqualTo(4);
					context.getBean(org.springframework.cloud.context.scope.refresh.RefreshScope.class).refreshAll();
					assertThat(divider.half(6)).isEqualTo(3);
				});
		}
	}

	record User(CalculatorClient client) {
	}

	/** Counts how often a client is handed to it. */
	static final class Counting implements BeanPostProcessor {

		private final AtomicInteger clients = new AtomicInteger();

		@Override
		public Object postProcessAfterInitialization(Object bean, String beanName) {
			if (bean instanceof CalculatorClient) {
				this.clients.incrementAndGet();
			}
			return bean;
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class TwoUsers {

		@Bean
		static Counting counting() {
			return new Counting();
		}

		@Bean
		User first(CalculatorClient client) {
			return new User(client);
		}

		@Bean
		User second(CalculatorClient client) {
			return new User(client);
		}

	}

	@ScalesClient("beat")
	interface Beat extends Calculator.Iface {

		@Scheduled(fixedDelay = 100, timeUnit = TimeUnit.HOURS, initialDelay = 100)
		default void tick() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScheduling
	@EnableScalesClients(clients = Beat.class)
	static class Scheduling {

		@Bean
		Object one(Beat beat) {
			return beat.toString();
		}

		@Bean
		Object two(Beat beat) {
			return beat.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = CalculatorClient.class)
	static class Enabling {

	}

	@Configuration(proxyBeanMethods = false)
	static class LookingAround {

		/** Another thread asks the registry while this one makes a client. */
		@Bean
		CallFilter looking(ObjectProvider<ScalesClientRegistry> registry)
				throws InterruptedException, ExecutionException, TimeoutException {
			ScalesClientRegistry clients = registry.getObject();
			CompletableFuture.runAsync(() -> {
				assertThat(clients.names()).containsExactly("calculator");
				assertThat(clients.made("calculator")).isNull();
			}).get(10, TimeUnit.SECONDS);
			return (call, next) -> next.dispatch(call);
		}

	}

	@ScalesClient("outside")
	interface Outside extends Calculator.Iface {

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = CalculatorClient.class)
	static class NeedsOutside {

		@Bean
		Object user(Outside outside) {
			return outside.toString();
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class NeedsUnrelated {

		@Bean
		Object user(Runnable unrelated) {
			return unrelated.toString();
		}

	}

	/** Uses a client. */
	static class Divider {

		private final CalculatorClient client;

		Divider(CalculatorClient client) {
			this.client = client;
		}

		int half(int number) throws Exception {
			return this.client.divide(number, 2);
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Refreshed {

		@Bean
		@RefreshScope
		Divider divider(CalculatorClient client) {
			return new Divider(client);
		}

	}

}
