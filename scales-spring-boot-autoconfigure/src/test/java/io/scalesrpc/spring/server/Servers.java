package io.scalesrpc.spring.server;

import java.time.Duration;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Applications that serve, and clients for them. <em>Stateless</em>.
 */
final class Servers {

	private Servers() {
	}

	/** An application with one service on a free port. */
	static ApplicationContextRunner application() {
		return bare().withUserConfiguration(OneService.class);
	}

	/** An application with nothing to serve. */
	static ApplicationContextRunner bare() {
		return Contexts.bare()
			.withConfiguration(AutoConfigurations.of(ScalesServerAutoConfiguration.class))
			.withPropertyValues("scales.server.port=0", "scales.server.address=127.0.0.1");
	}

	static ClientHandle<Calculator.Iface> client(int port) {
		return ScalesClients.builder(Calculator.Iface.class)
			.name("caller")
			.uri("tcp://localhost:" + port)
			.option("client-id", "shop")
			.timeout(Duration.ofSeconds(10))
			.closeGrace(Duration.ZERO)
			.build();
	}

	@Configuration(proxyBeanMethods = false)
	static class OneService {

		@Bean
		@ScalesService
		Arithmetic arithmetic() {
			return new Arithmetic();
		}

	}

}
