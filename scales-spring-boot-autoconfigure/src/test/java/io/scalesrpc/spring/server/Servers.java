package io.scalesrpc.spring.server;

import java.time.Duration;

import io.scalesrpc.client.ClientHandle;
import io.scalesrpc.client.ScalesClients;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.apache.thrift.TException;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

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

	static int port(ApplicationContext context) {
		Integer port = context.getEnvironment().getProperty("local.scales.port", Integer.class);
		assertThat(port).isNotNull();
		assertThat(context.getBean(ScalesServer.class).port()).isEqualTo(port);
		return port;
	}

	static long fetch(Calculator.Iface client) {
		try {
			return client.fetch(7);
		}
		catch (TException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** The common pool has one thread on two processors, and one that waits keeps it. */
	static void onAThreadOfItsOwn(Runnable task) {
		new Thread(task).start();
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
