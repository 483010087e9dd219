package io.scalesrpc.spring.client;

import io.scalesrpc.client.ScalesClient;
import io.scalesrpc.spring.testing.CalculatorServer;
import io.scalesrpc.test.calculator.Calculator;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.test.annotation.DirtiesContext;
import org.springframework.test.context.DynamicPropertyRegistrar;
import org.springframework.test.context.bean.override.mockito.MockitoSpyBean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.doReturn;
import static org.mockito.Mockito.verify;

/**
 * A client that a test spies on: it is the one that the application calls.
 */
@DirtiesContext
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.NONE)
class SpiedClientTests {

	@MockitoSpyBean
	private Client client;

	@Autowired
	private Shop shop;

	@Test
	void theCallsOfTheApplicationAreSeen() throws Exception {
		assertThat(this.shop.client().divide(12, 4)).isEqualTo(3);
		verify(this.client).divide(12, 4);
	}

	@Test
	void theCallsOfTheApplicationAreStubbed() throws Exception {
		doReturn(7).when(this.client).divide(1, 1);
		assertThat(this.shop.client().divide(1, 1)).isEqualTo(7);
		assertThat(this.shop.client().divide(8, 4)).isEqualTo(2);
	}

	@ScalesClient("spied")
	interface Client extends Calculator.Iface {

	}

	record Shop(Client client) {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableScalesClients(clients = Client.class)
	static class Application {

		@Bean
		CalculatorServer server() {
			return CalculatorServer.start();
		}

		@Bean
		DynamicPropertyRegistrar address(CalculatorServer server) {
			return (registry) -> registry.add("scales.clients.spied.uri", server::uri);
		}

		@Bean
		Shop shop(Client client) {
			return new Shop(client);
		}

	}

}
