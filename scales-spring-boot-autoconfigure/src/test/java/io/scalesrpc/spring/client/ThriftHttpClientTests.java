package io.scalesrpc.spring.client;

import java.lang.reflect.Proxy;

import io.scalesrpc.spring.app.AsyncCalculator;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.thrift.ThriftEncoding;
import io.scalesrpc.thrifthttp.ServletServer;
import org.apache.catalina.LifecycleException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Interfaces that speak Thrift over HTTP with libthrift's servlet.
 */
class ThriftHttpClientTests {

	private ServletServer server;

	@BeforeEach
	void startServer() throws LifecycleException {
		Object handler = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Calculator.Iface.class },
				(proxy, method, arguments) -> (int) arguments[0] / (int) arguments[1]);
		this.server = new ServletServer(new Calculator.Processor<>((Calculator.Iface) handler), ThriftEncoding.COMPACT);
	}

	@AfterEach
	void stopServer() throws LifecycleException {
		this.server.close();
	}

	@Test
	void theProtocolIsAProperty() {
		Contexts.withYaml(Contexts.application(), """
				scales:
				  defaults:
				    # Of other clients.
				    client-id: shop
				    options.failure-statuses: 5xx
				  clients:
				    calculator:
				      protocol: thrift-http
				      uri: tcp://127.0.0.1:%d
				      encoding: compact
				      close-grace: 0s
				      options:
				        path: /thrift
				        timeout-header: X-Request-Timeout
				""".formatted(this.server.port())).run((context) -> {
			assertThat(context.getBean(CalculatorClient.class).divide(6, 3)).isEqualTo(2);
			assertThat(context.getBean(AsyncCalculator.class).divide(8, 2).join()).isEqualTo(4);
			assertThat(context.getBean(ScalesClientRegistry.class).client("calculator").view().protocol())
				.isEqualTo("thrift-http");
		});
	}

}
