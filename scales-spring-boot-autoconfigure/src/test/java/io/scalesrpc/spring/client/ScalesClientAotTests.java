package io.scalesrpc.spring.client;

import java.util.List;
import java.util.Map;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.app.AsyncCalculator;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.peer.PeerBase;
import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import io.scalesrpc.thrift.annotation.ThriftValue;
import io.scalesrpc.thrift.declared.ThriftIdl;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The code that an ahead-of-time build generates: it is compiled, and its context calls a
 * real server.
 */
class ScalesClientAotTests {

	private final TestGenerationContext generation = new TestGenerationContext();

	private ClassName process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues
				.of("scales.clients.calculator.uri=tcp://build-time:1", "scales.clients.shop.uri=tcp://build-time:1")
				.applyTo(context);
			context.register(Application.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
			this.generation.writeGeneratedContent();
			return initializer;
		}
	}

	@Test
	@CompileWithForkedClassLoader
	@SuppressWarnings("unchecked")
	void theGeneratedContextCallsTheServerOfTheRunTimeConfiguration() {
		ClassName initializer = process();
		try (CalculatorServer server = CalculatorServer.start()) {
			TestCompiler.forSystem().with(this.generation).compile((compiled) -> {
				GenericApplicationContext context = new GenericApplicationContext();
				TestPropertyValues
					.of("scales.clients.calculator.uri=" + server.uri(), "scales.clients.shop.uri=" + server.uri())
					.applyTo(context);
				compiled.getInstance(ApplicationContextInitializer.class, initializer.canonicalName())
					.initialize(context);
				use(context);
			});
		}
	}

	private static void use(GenericApplicationContext context) {
		try (context) {
			context.refresh();
			assertThat(context.getBeanNamesForType(CalculatorClient.class, true, false))
				.containsExactly("calculatorClient");
			assertThat(context.getBean(Divider.class).divide(8, 2)).isEqualTo(4);
			AsyncCalculator later = context.getBean(AsyncCalculator.class);
			assertThat(later.divide(9, 3).join()).isEqualTo(3);
			// The order of Spring is not that of clients, which close after every bean.
			context.getDefaultListableBeanFactory().destroySingleton("scalesClientResources");
			assertThat(later.divide(9, 3).join()).isEqualTo(3);
		}
	}

	@Test
	void aNativeImageKnowsProxiesAndGeneratedClasses() {
		process();
		RuntimeHints hints = this.generation.getRuntimeHints();
		for (Class<?> proxy : List.of(CalculatorClient.class, AsyncCalculator.class, Divider.class)) {
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Qualifier.class)).accepts(hints);
			assertThat(RuntimeHintsPredicates.proxies().forInterfaces(proxy)).accepts(hints);
			assertThat(RuntimeHintsPredicates.reflection().onType(proxy)).accepts(hints);
		}
		for (Class<?> generated : List.of(Calculator.Processor.class, Calculator.divide_args.class,
				Calculator.divide_result.class, PeerBase.Processor.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onType(generated)).accepts(hints);
		}
		for (Class<?> service : List.of(Calculator.class, PeerBase.class)) {
			assertThat(RuntimeHintsPredicates.resource()
				.forResource("META-INF/scales/thrift/" + service.getName() + ".properties")).accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Calculator.Iface.class)).accepts(hints);
		assertThat(RuntimeHintsPredicates.reflection().onConstructorInvocation(Zero.class.getDeclaredConstructors()[0]))
			.accepts(hints);
	}

	@Test
	void aNativeImageKnowsWhatServicesWithoutAnIdlAreMadeOf() throws Exception {
		process();
		RuntimeHints hints = this.generation.getRuntimeHints();
		for (Class<?> part : List.of(Shop.class, Article.class, Part.class, Size.class, Price.class, Price.Fixed.class,
				Sold.class)) {
			assertThat(RuntimeHintsPredicates.reflection()
				.onType(part)
				.withMemberCategories(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
						MemberCategory.INVOKE_DECLARED_METHODS, MemberCategory.ACCESS_DECLARED_FIELDS))
				.as(part.getName())
				.accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.proxies().forInterfaces(Shop.class)).accepts(hints);
		Class<?> scratch = Class.forName(ThriftIdl.class.getPackageName() + ".ScratchValues");
		for (String method : List.of("objectAt", "longAt")) {
			assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(scratch, method)).accepts(hints);
		}
	}

	/** A service without an IDL. */
	@ThriftInterface
	public interface Shop {

		/**
		 * Finds articles.
		 * @param prices of any kind
		 * @return what costs that
		 * @throws Sold if there is nothing
		 */
		List<Article> find(List<? extends Price> prices) throws Sold;

	}

	/** A struct. */
	record Article(@ThriftField(1) Map<String, Part> parts) {
	}

	/** A struct within one. */
	record Part(@ThriftField(1) Size size) {
	}

	/** An enum. */
	enum Size {

		/** Large. */
		@ThriftValue(1)
		LARGE

	}

	/** A union. */
	sealed interface Price {

		/** Its one member. */
		@ThriftField(1)
		record Fixed(long cents) implements Price {
		}

	}

	/** An exception. */
	static final class Sold extends Exception {

		private static final long serialVersionUID = 1L;

		private final long last;

		Sold(@ThriftField(1) long last) {
			this.last = last;
		}

		public long getLast() {
			return this.last;
		}

	}

	/** A free-form interface. */
	public interface Divider {

		/**
		 * Divides.
		 * @param dividend what is divided
		 * @param divisor by what
		 * @return the quotient
		 */
		int divide(int dividend, int divisor);

	}

	/** An interface with one that stands in. */
	@ScalesClient(value = "calculator", service = Calculator.class, fallback = Zero.class)
	public interface Guarded {

		/**
		 * Divides.
		 * @param dividend what is divided
		 * @param divisor by what
		 * @return the quotient
		 */
		int divide(int dividend, int divisor);

	}

	/** Answers what failed. */
	static final class Zero implements Guarded {

		@Override
		public int divide(int dividend, int divisor) {
			return 0;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = CalculatorClient.class)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesClientsAutoConfiguration.class })
	@ImportScalesClients(name = "calculator", types = Divider.class, service = Calculator.class)
	@ImportScalesClients(name = "calculator", types = Guarded.class, service = Calculator.class)
	@ImportScalesClients(name = "shop", types = Shop.class)
	static class Application {

	}

}
