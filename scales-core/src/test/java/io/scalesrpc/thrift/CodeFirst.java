package io.scalesrpc.thrift;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import io.scalesrpc.thrift.annotation.ThriftField;
import io.scalesrpc.thrift.annotation.ThriftInterface;
import io.scalesrpc.thrift.annotation.ThriftMethod;
import io.scalesrpc.thrift.annotation.ThriftValue;
import org.jspecify.annotations.Nullable;

/**
 * What calculator.thrift says, without it.
 */
public final class CodeFirst {

	private CodeFirst() {
	}

	/** The service. */
	@ThriftInterface
	public interface Calculator {

		int divide(int dividend, int divisor) throws DivisionByZero, Overflow;

		String join(@ThriftField(3) String first, @ThriftField(1) String second, @ThriftField(2) int third);

		Everything everything(Everything value);

		Node node(Node value);

		boolean truth(boolean value);

		UUID identity(UUID value);

		Operation operation(Operation value);

		List<Long> numbers(List<Long> values, int limit);

		@ThriftMethod(oneway = true)
		void forget(String what, boolean really);

		@ThriftMethod(name = "store_value")
		void storeValue(double value);

		void ping();

	}

	/** An enum. */
	public enum Operation {

		/** Plus. */
		@ThriftValue(1)
		ADD,

		/** Divided by. */
		@ThriftValue(4)
		DIVIDE

	}

	/** A union. */
	public sealed interface Number {

		/** The member with id 1. */
		@ThriftField(1)
		record Whole(long value) implements Number {
		}

		/** The member with id 2. */
		@ThriftField(2)
		record Fraction(double value) implements Number {
		}

	}

	/** A struct that may hold itself. */
	public record Node(@ThriftField(1) @Nullable String label, @ThriftField(2) @Nullable Node next,
			@ThriftField(3) @Nullable List<Node> children) {
	}

	/** Every type. */
	public record Everything(@ThriftField(1) boolean truth, @ThriftField(2) byte tiny, @ThriftField(3) short small,
			@ThriftField(4) int medium, @ThriftField(5) long large, @ThriftField(6) double real,
			@ThriftField(7) @Nullable String text, @ThriftField(8) @Nullable ByteBuffer bytes,
			@ThriftField(9) @Nullable UUID id, @ThriftField(10) @Nullable Operation operation,
			@ThriftField(11) @Nullable Number number, @ThriftField(12) @Nullable List<UUID> ids,
			@ThriftField(13) @Nullable Set<Operation> operations,
			@ThriftField(14) @Nullable Map<Operation, List<Number>> table, @ThriftField(15) long age,
			@ThriftField(16) @Nullable List<Boolean> flags) {
	}

	/** An exception with a field. */
	public static final class DivisionByZero extends Exception {

		private static final long serialVersionUID = 1L;

		private final String reason;

		public DivisionByZero(@ThriftField(1) String reason) {
			this.reason = reason;
		}

		public String getReason() {
			return this.reason;
		}

	}

	/** An exception with a struct. */
	public static final class Overflow extends Exception {

		private static final long serialVersionUID = 1L;

		private final long limit;

		private final transient Node where;

		public Overflow(@ThriftField(1) long limit, @ThriftField(2) Node where) {
			this.limit = limit;
			this.where = where;
		}

		public long limit() {
			return this.limit;
		}

		public Node where() {
			return this.where;
		}

	}

}
