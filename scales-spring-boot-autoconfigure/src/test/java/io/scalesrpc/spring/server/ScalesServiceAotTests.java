package io.scalesrpc.spring.server;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.calculator.Everything;
import io.scalesrpc.test.calculator.Node;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
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

	private static void use(ConfigurableApplicationContext context) {
		try (context) {
			context.refresh();
			ScalesServer server = context.getBean(ScalesServer.class);
			assertThat(server.services()).containsExactlyInAnyOrder("arithmetic", Other.class.getName());
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
		@ScalesService
		Arithmetic arithmetic() {
			return new Arithmetic();
		}

	}

	/** A service that is found by the annotation on its class. */
	@ScalesService(name = "other")
	static class Other extends Arithmetic {

	}

}
