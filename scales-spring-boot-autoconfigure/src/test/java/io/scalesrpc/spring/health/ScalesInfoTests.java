package io.scalesrpc.spring.health;

import java.util.Map;

import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;

import org.springframework.boot.actuate.info.Info;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What {@code /actuator/info} tells.
 */
class ScalesInfoTests {

	private final ApplicationContextRunner runner = Contexts.application()
		.withConfiguration(AutoConfigurations.of(ScalesInfoAutoConfiguration.class))
		.withPropertyValues("scales.clients.calculator.uri=tcp://localhost:1",
				"scales.clients.calculator.protocol=thrift");

	@Test
	@SuppressWarnings("unchecked")
	void clientsAndProtocolsAreTold() {
		this.runner.run((context) -> {
			Info.Builder builder = new Info.Builder();
			context.getBean(ScalesInfoContributor.class).contribute(builder);
			Map<String, Object> told = (Map<String, Object>) builder.build().get("scales");
			assertThat(told).containsEntry("clients", Map.of("calculator", "thrift"))
				.hasEntrySatisfying("protocols", (all) -> assertThat((Iterable<String>) all).containsExactly("thrift"));
		});
	}

	@Test
	void itCanBeSwitchedOff() {
		this.runner.withPropertyValues("management.info.scales.enabled=false")
			.run((context) -> assertThat(context).doesNotHaveBean(ScalesInfoContributor.class));
	}

	@Test
	void clientsWorkWithoutIt() {
		this.runner.withClassLoader(new FilteredClassLoader("org.springframework.boot.actuate"))
			.run((context) -> assertThat(context).hasNotFailed().doesNotHaveBean("scalesInfoContributor"));
	}

}
