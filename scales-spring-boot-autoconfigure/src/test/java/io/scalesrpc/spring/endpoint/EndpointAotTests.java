package io.scalesrpc.spring.endpoint;

import java.util.List;

import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientsAutoConfiguration;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;
import io.scalesrpc.spring.settings.ClientProperties;
import io.scalesrpc.spring.settings.ScalesProperties;
import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.predicate.RuntimeHintsPredicates;
import org.springframework.aot.test.generate.TestGenerationContext;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.test.util.TestPropertyValues;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.aot.ApplicationContextAotGenerator;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A native image knows what the endpoint answers, and what a refresh reads.
 */
class EndpointAotTests {

	@Test
	void answersAndSettingsHaveHints() {
		TestGenerationContext generation = new TestGenerationContext();
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			TestPropertyValues
				.of("scales.clients.calculator.uri=tcp://build-time:1", "management.endpoints.web.exposure.include=*",
						"spring.jmx.enabled=true", "management.endpoints.jmx.exposure.include=*")
				.applyTo(context);
			context.register(Application.class);
			new ApplicationContextAotGenerator().processAheadOfTime(context, generation);
		}
		RuntimeHints hints = generation.getRuntimeHints();
		for (Class<?> shown : List.of(Overview.class, ProblemDescriptor.class, ClientOverview.class,
				LastMinuteDescriptor.class, SourceDescriptor.class, ClientDescriptor.class, MemberDescriptor.class,
				CircuitBreakerDescriptor.class, SettingDescriptor.class, ServerDescriptor.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onType(shown)).accepts(hints);
		}
		for (Class<?> read : List.of(ScalesProperties.class, ClientProperties.class)) {
			assertThat(RuntimeHintsPredicates.reflection().onType(read)).accepts(hints);
		}
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage(basePackageClasses = CalculatorClient.class)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesClientsAutoConfiguration.class,
			ScalesEndpointAutoConfiguration.class })
	static class Application {

	}

}
