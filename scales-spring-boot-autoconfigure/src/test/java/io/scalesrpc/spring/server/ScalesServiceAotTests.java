package io.scalesrpc.spring.server;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.calculator.Everything;
import io.scalesrpc.test.calculator.Node;
import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.beans.factory.support.BeanDefinitionBuilder;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.ApplicationContextInitializer;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.aot.ApplicationContextAotGenerator;
import org.springframework.context.support.GenericApplicationContext;
import org.springframework.core.test.tools.CompileWithForkedClassLoader;
import org.springframework.core.test.tools.TestCompiler;
import org.springframework.javapoet.ClassName;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * Served beans in the code that an ahead-of-time build generates.
 */
class ScalesServiceAotTests {

	private final TestGenerationContext generation = new TestGenerationContext();

	private ClassName process() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Application.class);
			ClassName initializer = new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation);
			this.generation.writeGeneratedContent();
			return initializer;
		}
	}

	@Test
	@CompileWithForkedClassLoader
	@SuppressWarnings("unchecked")
	void theGeneratedContextServesItsBeans() {
		ClassName initializer = process();
		TestCompiler.forSystem().with(this.generation).compile((compiled) -> {
			GenericApplicationContext context = new GenericApplicationContext();
			TestPropertyValues.of("scales.server.port=0", "scales.server.address=127.0.0.1").applyTo(context);
			compiled.getInstance(ApplicationContextInitializer.class, initializer.canonicalName()).initialize(context);
			use(context);
		});
	}

	@Test
	void aNativeImageKnowsTheMembersOfAUnionThatAServiceWithoutAnIdlTakes() {
		process();
		assertThat(RuntimeHintsPredicates.reflection()
			.onType(Shape.Square.class)
			.withMemberCategory(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS))
			.accepts(this.generation.getRuntimeHints());
	}

	/** Spring Security's filter chain, for one. */
	@Test
	void beansWithinBeansAreLeftAlone() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			context.register(Application.class);
			context.registerBeanDefinition("outer",
					BeanDefinitionBuilder.rootBeanDefinition(Outer.class)
						.addPropertyValue("inner", new RootBeanDefinition(Arithmetic.class))
						.getBeanDefinition());
			assertThatCode(() -> new ApplicationContextAotGenerator().processAheadOfTime(context, this.generation))
				.doesNotThrowAnyException();
		}
	}

	private static void use(ConfigurableApplicationContext context) {
		try (context) {
			context.refresh();
			ScalesServer server = context.getBean(ScalesServer.class);
			assertThat(server.services()).containsExactlyInAnyOrder("arithmetic", "areas", Other.class.getName());
			try (ClientHandle<Calculator.Iface> client = Servers.client(server.port())) {
				assertThat(client.proxy().divide(84, 2)).isEqualTo(42);
			}
			catch (Exception ex) {
				throw new AssertionError(ex);
			}
		}
	}

	@Test
	void aNativeImageKnowsGeneratedClassesAndStructs() {
		process();
		RuntimeHints hints = this.generation.getRuntimeHints();
		for (Class<?> type : new Class<?>[] { Calculator.class, Calculator.Processor.class,
				Calculator.divide_args.class, Calculator.divide_result.class, Node.class, Everything.class,
				DivisionByZero.class }) {
			assertThat(RuntimeHintsPredicates.reflection().onType(type)).as("%s", type).accepts(hints);
		}
		assertThat(RuntimeHintsPredicates.reflection().onMethodInvocation(Calculator.Iface.class, "divide"))
			.accepts(hints);
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesClientsAutoConfiguration.class,
			ScalesServerAutoConfiguration.class })
	@Import(Other.class)
	static class Application {

		@Bean
		@ScalesService(name = "areas")
		Squares areas() {
			return new Squares();
		}

		@Bean
		@ScalesService
		Arithmetic arithmetic() {
			return new Arithmetic();
		}

	}

	/** A service without an IDL. */
	@ThriftInterface
	interface Areas {

		long area(Shape shape);

	}

	/** What serves it. */
	static class Squares implements Areas {

		@Override
		public long area(Shape shape) {
			return (shape instanceof Shape.Square square) ? square.side() * square.side() : 0;
		}

	}

	/** A union. */
	sealed interface Shape {

		/** Its one member. */
		@ThriftField(1)
		record Square(long side) implements Shape {
		}

	}

	/** A bean that has another, which has no name. */
	static class Outer {

		private @Nullable Arithmetic inner;

		public void setInner(Arithmetic inner) {
			this.inner = inner;
		}

		@Nullable Arithmetic inner() {
			return this.inner;
		}

	}

	/** A service that is found by the annotation on its class. */
	@ScalesService(name = "other")
	static class Other extends Arithmetic {

	}

}
