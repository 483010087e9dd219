package io.scalesrpc.thrift;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

import io.scalesrpc.test.calculator.Calculator;
import io.scalesrpc.test.calculator.DivisionByZero;
import io.scalesrpc.test.calculator.Everything;
import io.scalesrpc.test.calculator.Node;
import io.scalesrpc.test.calculator.Operation;
import io.scalesrpc.test.calculator.Overflow;

/**
 * Gives back what it is given, and remembers calls without a result.
 * <em>Thread-safe</em>.
 */
public class EchoCalculator implements Calculator.Iface {

	public final List<String> remembered = Collections.synchronizedList(new ArrayList<>());

	@Override
	public void ping() {
		this.remembered.add("ping");
	}

	@Override
	public int divide(int dividend, int divisor) throws DivisionByZero, Overflow {
		if (divisor == 0) {
			throw new DivisionByZero(dividend + " / 0");
		}
		if (dividend == Integer.MIN_VALUE && divisor == -1) {
			throw new Overflow(Integer.MAX_VALUE, new Node().setLabel("divide"));
		}
		return dividend / divisor;
	}

	@Override
	public String join(String first, String second, int third) {
		return first + "," + second + "," + third;
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
		return value;
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
		return values.subList(0, limit);
	}

	@Override
	public long fetch(long age) {
		return age + 1;
	}

	@Override
	public long fetchAsync(long age) {
		return age - 1;
	}

	@Override
	public void forget(String what, boolean really) {
		this.remembered.add(what + really);
	}

	@Override
	public void store_value(double value) {
		this.remembered.add("value " + value);
	}

}
