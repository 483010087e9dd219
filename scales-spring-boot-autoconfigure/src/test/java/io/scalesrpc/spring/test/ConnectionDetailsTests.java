package io.scalesrpc.spring.test;

import io.scalesrpc.spring.client.ScalesConnectionDetails;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Addresses by somebody who knows better than the properties.
 */
class ConnectionDetailsTests {

	private static final int PORT = 7;

	@Test
	void theDetailsComeBeforeTheUri() {
		Contexts.application()
			.withUserConfiguration(Containers.class)
			.withPropertyValues("scales.clients.calculator.uri=tcp://elsewhere:1")
			.run((context) -> assertThat(context.getBean(ScalesClientRegistry.class).client("calculator").view().uri())
				.isEqualTo("tcp://localhost:7"));
	}

	@Test
	void aClientThatIsNotConfiguredNeedsNoMore() {
		Contexts.application()
			.withUserConfiguration(Containers.class)
			.run((context) -> assertThat(context.getBean(ScalesClientRegistry.class).client("calculator").view().uri())
				.isEqualTo("tcp://localhost:7"));
	}

	@Test
	void whatTheDetailsDoNotKnowTheUriSays() {
		Contexts.application()
			.withBean(ScalesConnectionDetails.class, () -> (client) -> null)
			.withPropertyValues("scales.clients.calculator.uri=tcp://elsewhere:1")
			.run((context) -> assertThat(context.getBean(ScalesClientRegistry.class).client("calculator").view().uri())
				.isEqualTo("tcp://elsewhere:1"));
	}

	@Configuration(proxyBeanMethods = false)
	static class Containers {

		@Bean
		ScalesConnectionDetails container() {
			return (client) -> client.equals("calculator") ? "tcp://localhost:" + PORT : null;
		}

	}

}
