package io.scalesrpc.spring.endpoint;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.testing.Contexts;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application with many clients is looked at as quickly as one with few.
 */
class ManyClientsTests {

	private static final int CLIENTS = 300;

	@Test
	void theOverviewOfThreeHundredClientsTakesBelowATenthOfASecond() {
		ApplicationContextRunner runner = Contexts.application()
			.withConfiguration(AutoConfigurations.of(ScalesEndpointAutoConfiguration.class))
			.withPropertyValues("management.endpoints.web.exposure.include=scales",
					"scales.clients.calculator.uri=tcp://localhost:1");
		for (int i = 0; i < CLIENTS; i++) {
			runner = runner.withPropertyValues("scales.clients.c%d.uri=tcp://localhost:1,localhost:2".formatted(i),
					"scales.clients.c%d.timeout=1s".formatted(i));
		}
		runner.run((context) -> {
			ScalesClientRegistry registry = context.getBean(ScalesClientRegistry.class);
			for (int i = 0; i < CLIENTS; i++) {
				registry.client("c" + i, CalculatorClient.class);
			}
			ScalesEndpoint endpoint = context.getBean(ScalesEndpoint.class);
			long first = 0;
			long best = Long.MAX_VALUE;
			int bytes = 0;
			for (int i = 0; i < 10; i++) {
				long start = System.nanoTime();
				bytes = JsonMapper.shared().writeValueAsBytes(endpoint.overview(null)).length;
				long taken = System.nanoTime() - start;
				first = (first == 0) ? taken : first;
				best = Math.min(best, taken);
			}
			System.out.printf("overview of %d clients: first %d ms, best %d ms, %d KB%n", CLIENTS,
					TimeUnit.NANOSECONDS.toMillis(first), TimeUnit.NANOSECONDS.toMillis(best), bytes / 1024);
			assertThat(endpoint.overview(null).clients()).hasSize(CLIENTS + 1);
			assertThat(TimeUnit.NANOSECONDS.toMillis(best)).isLessThan(100);
			assertThat(bytes / 1024).isLessThan(200);
		});
	}

}
