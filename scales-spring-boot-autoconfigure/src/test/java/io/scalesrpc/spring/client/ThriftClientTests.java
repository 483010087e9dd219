package io.scalesrpc.spring.client;

import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.client.ClientView;
import io.scalesrpc.pool.PoolSettings;
import io.scalesrpc.spring.app.CalculatorClient;
import io.scalesrpc.spring.testing.Contexts;
import io.scalesrpc.test.calculator.Calculator;
import org.apache.thrift.protocol.TCompactProtocol;
import org.apache.thrift.server.TServer;
import org.apache.thrift.server.TThreadPoolServer;
import org.apache.thrift.transport.TServerSocket;
import org.apache.thrift.transport.TTransportException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An interface that speaks plain Thrift with a server of libthrift.
 */
class ThriftClientTests {

	private int port;

	private TServer server;

	private Thread thread;

	@BeforeEach
	void startServer() throws TTransportException {
		TServerSocket socket = new TServerSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
		this.port = socket.getServerSocket().getLocalPort();
		Object handler = Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Calculator.Iface.class },
				(proxy, method, arguments) -> (int) arguments[0] / (int) arguments[1]);
		this.server = new TThreadPoolServer(new TThreadPoolServer.Args(socket).stopTimeoutVal(5)
			.stopTimeoutUnit(TimeUnit.SECONDS)
			.protocolFactory(new TCompactProtocol.Factory())
			.processor(new Calculator.Processor<>((Calculator.Iface) handler)));
		this.thread = new Thread(this.server::serve, "libthrift-server");
		this.thread.start();
	}

	@AfterEach
	void stopServer() throws InterruptedException {
		this.server.stop();
		this.thread.join(10_000);
	}

	@Test
	void theProtocolIsAProperty() {
		Contexts.application()
			.withPropertyValues("scales.clients.calculator.uri=tcp://127.0.0.1:" + this.port,
					"scales.clients.calculator.protocol=thrift", "scales.clients.calculator.encoding=compact",
					"scales.clients.calculator.options.transport=buffered", "scales.clients.calculator.pool.high=2",
					"scales.clients.calculator.close-grace=0s", "scales.defaults.pool.queue=7",
					// Of the other clients, which have pings.
					"scales.defaults.ping-interval=10s")
			.run((context) -> {
				assertThat(context.getBean(CalculatorClient.class).divide(6, 3)).isEqualTo(2);
				ClientView view = context.getBean(ScalesClientRegistry.class).client("calculator").view();
				assertThat(view.protocol()).isEqualTo("thrift");
				assertThat(view.settings().pool())
					.isEqualTo(new PoolSettings(1, 2, 7, Duration.ofMinutes(1), Duration.ZERO));
			});
	}

}
