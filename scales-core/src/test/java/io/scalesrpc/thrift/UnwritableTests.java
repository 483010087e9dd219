package io.scalesrpc.thrift;

import java.util.AbstractList;
import java.util.Arrays;
import java.util.List;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.scalesrpc.test.calculator.Node;
import io.scalesrpc.test.peer.Big;
import io.scalesrpc.test.peer.Leaf;
import io.scalesrpc.thrift.ThriftMessageException.Fault;
import org.assertj.core.api.ThrowableAssertAlternative;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Calls that cannot be written leave the buffer as it was. */
@ParameterizedClass
@EnumSource(ThriftEncoding.class)
class UnwritableTests {

	private final ThriftLoop calculator;

	private final ThriftLoop peer;

	private final ByteBuf out = Unpooled.buffer().writeLong(42);

	UnwritableTests(ThriftEncoding encoding) {
		this.calculator = ThriftLoop.of(encoding, new EchoCalculator());
		this.peer = ThriftLoop.of(encoding, new EchoPeer());
	}

	@AfterEach
	void theBufferIsAsItWas() {
		assertThat(this.out).isEqualTo(Unpooled.buffer().writeLong(42));
	}

	@Test
	void thereMustBeAsManyArgumentsAsParameters() {
		unwritable(Fault.UNWRITABLE, this.peer, "add", 1).withMessage("add: 1 arguments (expected: 2)");
		unwritable(Fault.UNWRITABLE, this.peer, "ping", 1).withMessage("ping: 1 arguments (expected: 0)");
		unwritable(Fault.UNWRITABLE, this.peer, "add", (Object[]) null).withMessage("add: 0 arguments (expected: 2)");
	}

	@Test
	void aPrimitiveParameterNeedsAValue() {
		unwritable(Fault.UNWRITABLE, this.peer, "add", 1, null).withMessage("add.b: null (expected: a value)");
	}

	@Test
	void anArgumentOfAnotherTypeIsRefused() {
		unwritable(Fault.UNWRITABLE, this.peer, "echo", 1).withMessageStartingWith("echo.s: ")
			.withCauseInstanceOf(ClassCastException.class);
		unwritable(Fault.UNWRITABLE, this.calculator, "numbers", List.of("1"), 1)
			.withCauseInstanceOf(ClassCastException.class);
	}

	@Test
	void aStructWithoutARequiredFieldIsRefused() {
		unwritable(Fault.UNWRITABLE, this.peer, "big", new Big().setSingle(new Leaf()))
			.withMessageContaining("Required field 'name'");
		unwritable(Fault.UNWRITABLE, this.peer, "big", new Big().setLeaves(Arrays.asList(new Leaf("a"), null)))
			.withCauseInstanceOf(NullPointerException.class);
	}

	@Test
	void aStructWithinItselfIsRefused() {
		Node next = new Node();
		next.setNext(next);
		unwritable(Fault.LIMIT, this.calculator, "node", next)
			.withMessage("node: structs nested without end (expected: no struct within itself)");
		Node child = new Node();
		child.setChildren(List.of(child));
		unwritable(Fault.LIMIT, this.calculator, "node", child)
			.withMessage("node: nested structs: 65 (expected: at most 64)");
	}

	@Test
	void anErrorOfAnArgumentLeavesAsItIs() {
		Error error = new AssertionError("argument");
		List<Long> values = new AbstractList<>() {
			@Override
			public Long get(int index) {
				throw error;
			}

			@Override
			public int size() {
				return 3;
			}
		};
		assertThatExceptionOfType(AssertionError.class).isThrownBy(() -> write(this.calculator, "numbers", values, 1))
			.isSameAs(error);
	}

	private ThrowableAssertAlternative<ThriftMessageException> unwritable(Fault fault, ThriftLoop loop, String method,
			Object... arguments) {
		return assertThatExceptionOfType(ThriftMessageException.class).isThrownBy(() -> write(loop, method, arguments))
			.satisfies((ex) -> assertThat(ex.fault()).isEqualTo(fault));
	}

	private void write(ThriftLoop loop, String method, Object... arguments) {
		loop.method(method).writeCall(this.out, 1, arguments, loop.codec());
	}

}
