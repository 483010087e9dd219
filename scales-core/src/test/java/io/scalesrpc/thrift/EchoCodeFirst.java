package io.scalesrpc.thrift;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * {@link EchoCalculator} without generated code. <em>Confined to one thread</em>.
 */
class EchoCodeFirst implements CodeFirst.Calculator {

	final List<String> remembered = new ArrayList<>();

	@Override
	public int divide(int dividend, int divisor) throws CodeFirst.DivisionByZero, CodeFirst.Overflow {
		if (divisor == 0) {
			throw new CodeFirst.DivisionByZero(dividend + " / 0");
		}
		if (dividend == Integer.MIN_VALUE && divisor == -1) {
			throw new CodeFirst.Overflow(Integer.MAX_VALUE, new CodeFirst.Node("divide", null, null));
		}
		return dividend / divisor;
	}

	@Override
	public String join(String first, String second, int third) {
		return first + "," + second + "," + third;
	}

	@Override
	public CodeFirst.Everything everything(CodeFirst.Everything value) {
		return value;
	}

	@Override
	public CodeFirst.Node node(CodeFirst.Node value) {
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
	public CodeFirst.Operation operation(CodeFirst.Operation value) {
		return value;
	}

	@Override
	public List<Long> numbers(List<Long> values, int limit) {
		return values.subList(0, limit);
	}

	@Override
	public void forget(String what, boolean really) {
		this.remembered.add(what + really);
	}

	@Override
	public void storeValue(double value) {
		this.remembered.add("value " + value);
	}

	@Override
	public void ping() {
		this.remembered.add("ping");
	}

}
