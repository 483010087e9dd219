package io.scalesrpc.spring.testing;

import java.lang.reflect.Proxy;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.server.ThriftMuxServer;
import io.scalesrpc.server.ThriftMuxServerBuilder;
import io.scalesrpc.test.calculator.Calculator;

/**
 * A real server on a free port that can divide. <em>Thread-safe</em>.
 *
 * @param server the server
 * @param calls how many it answered
 */
public record CalculatorServer(ThriftMuxServer server, AtomicInteger calls) implements AutoCloseable {

	/**
	 * Starts a server.
	 * @return the server, to be closed by the caller
	 */
	public static CalculatorServer start() {
		return start(ThriftMuxServer.builder());
	}

	/**
	 * Starts a server with settings of its own.
	 * @param builder the settings
	 * @return the server, to be closed by the caller
	 */
	public static CalculatorServer start(ThriftMuxServerBuilder builder) {
		AtomicInteger calls = new AtomicInteger();
		Object handler = Proxy.newProxyInstance(CalculatorServer.class.getClassLoader(),
				new Class<?>[] { Calculator.Iface.class }, (proxy, method, arguments) -> {
					if (method.getName().equals("divide")) {
						calls.incrementAndGet();
						return (int) arguments[0] / (int) arguments[1];
					}
					throw new UnsupportedOperationException(method.getName());
				});
		ThriftMuxServer server = builder.port(0).service(Calculator.class, handler).build();
		return new CalculatorServer(server.start(), calls);
	}

	/**
	 * Where it listens.
	 * @return a URI for a client
	 */
	public String uri() {
		return "tcp://localhost:" + this.server.port();
	}

	/**
	 * Where it listens.
	 * @return the port
	 */
	public int port() {
		return this.server.port();
	}

	@Override
	public void close() {
		this.server.close();
	}

}
