package io.scalesrpc.spring.server;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;

import io.scalesrpc.server.ServerCall;
import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.calculator.Everything;
import io.scalesrpc.test.calculator.Node;
import io.scalesrpc.test.calculator.Operation;
import org.slf4j.MDC;

/**
 * A service that divides, tells what it knows of the call ({@code join}), and waits to be
 * let go ({@code fetch}). <em>Thread-safe</em>.
 */
class Arithmetic implements Calculator.Iface {

	final CountDownLatch begun = new CountDownLatch(1);

	final CountDownLatch letGo = new CountDownLatch(1);

	@Override
	public int divide(int dividend, int divisor) throws DivisionByZero {
		if (divisor == 0) {
			throw new DivisionByZero();
		}
		return dividend / divisor;
	}

	@Override
	public String join(String first, String second, int third) {
		ServerCall call = ServerCall.current();
		return switch (first) {
			case "call" -> call.method() + " " + call.clientId() + " " + (call.remaining() != null);
			case "mdc" -> MDC.get("scales.method") + " " + MDC.get("scales.client") + " " + MDC.get("scales.peer");
			case "thread" -> Thread.currentThread().getName();
			default -> first + second + third;
		};
	}

	@Override
	public long fetch(long age) {
		this.begun.countDown();
		try {
			this.letGo.await();
			return age;
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Override
	public Everything everything(Everything value) {
		return value;
	}

	@Override
	public Node node(Node value) {
		return value;
	}

	@Override
	public boolean truth(boolean value) {
		throw new IllegalStateException("no truth");
	}

	@Override
	public UUID identity(UUID value) {
		return value;
	}

	@Override
	public Operation operation(Operation value) {
		return value;
	}

	@Override
	public List<Long> numbers(List<Long> values, int limit) {
		return values;
	}

	@Override
	public long fetchAsync(long age) {
		return age;
	}

	@Override
	public void forget(String what, boolean really) {
	}

	@Override
	public void store_value(double value) {
	}

	@Override
	public void ping() {
	}

}
