package io.scalesrpc.spring.container;

import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.client.ImportScalesClients;
import io.scalesrpc.spring.client.ScalesClientRegistry;
import io.scalesrpc.spring.client.ScalesConnectionDetails;
import io.scalesrpc.spring.testing.CalculatorServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.testcontainers.service.connection.ServiceConnection;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Containers of a test, each for the client that its annotation names.
 */
@SpringBootTest(classes = ServiceConnectionTests.Application.class,
		properties = "scales.clients.third.uri=tcp://elsewhere:1")
class ServiceConnectionTests {

	private static final CalculatorServer FIRST = CalculatorServer.start();

	private static final CalculatorServer SECOND = CalculatorServer.start();

	@ServiceConnection(name = "first", type = ScalesConnectionDetails.class)
	static RunningContainer firstContainer = new RunningContainer(FIRST);

	@ServiceConnection(name = "second", type = ScalesConnectionDetails.class)
	static RunningContainer secondContainer = new RunningContainer(SECOND);

	@Autowired
	@Qualifier("first")
	CalculatorClient first;

	@Autowired
	@Qualifier("second")
	CalculatorClient second;

	@Autowired
	ScalesClientRegistry registry;

	@AfterAll
	static void stopServers() {
		FIRST.close();
		SECOND.close();
	}

	@Test
	void eachClientCallsTheContainerWithItsName() throws Exception {
		assertThat(this.first.divide(84, 2)).isEqualTo(42);
		assertThat(FIRST.calls()).hasValue(1);
		assertThat(this.second.divide(84, 2)).isEqualTo(42);
		assertThat(FIRST.calls()).hasValue(1);
		assertThat(SECOND.calls()).hasValue(1);
	}

	@Test
	void aClientWithoutContainerGoesWhereItsUriSays() {
		assertThat(this.registry.client("third", CalculatorClient.class)).isNotNull();
		assertThat(this.registry.client("third").view().uri()).isEqualTo("tcp://elsewhere:1");
	}

	@AutoConfigurationPackage
	@EnableAutoConfiguration
	@ImportScalesClients(name = "first", types = CalculatorClient.class)
	@ImportScalesClients(name = "second", types = CalculatorClient.class)
	static class Application {

	}

}
