package io.scalesrpc.spring.client;

import java.time.Duration;
import java.util.Arrays;

import io.scalesrpc.call.ScalesException;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.metrics.ScalesMetricsAutoConfiguration;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/**
 * An application that makes one call and says what became of it. <em>Stateless</em>.
 */
public final class FirstCallMain {

	private FirstCallMain() {
	}

	public static void main(String[] properties) throws Exception {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Application.class)
			.web(WebApplicationType.NONE)
			.properties("spring.main.banner-mode=off", "spring.docker.compose.enabled=false")
			.run(Arrays.copyOf(properties, properties.length))) {
			CalculatorClient client = context.getBean(CalculatorClient.class);
			long start = System.nanoTime();
			try {
				client.divide(84, 2);
				System.out.println("FIRST CALL answered after " + Duration.ofNanos(System.nanoTime() - start));
			}
			catch (ScalesException ex) {
				System.out.println("FIRST CALL failed: " + ex.getMessage());
			}
		}
	}

	/** The application. <em>Immutable</em>. */
	@Configuration(proxyBeanMethods = false)
	@EnableScalesClients(clients = CalculatorClient.class)
	@ImportAutoConfiguration({ ScalesMetricsAutoConfiguration.class, ScalesClientsAutoConfiguration.class })
	static class Application {

	}

}
