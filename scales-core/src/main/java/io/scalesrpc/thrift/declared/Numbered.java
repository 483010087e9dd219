package io.scalesrpc.thrift.declared;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * An enum: {@code i32} on the wire. <em>Immutable</em>.
 *
 * @param javaType the enum
 * @param numbers by {@code ordinal}
 * @param first the constants with numbers from 0 on, as far as there are few without one
 * @param constants the others, by their numbers
 */
record Numbered(Class<?> javaType, int[] numbers, @Nullable Object[] first,
		Map<Integer, Object> constants) implements WireType {

	private static final int MOST_FIRST = 256;

	static Numbered of(Class<?> type, int[] numbers) {
		Map<Integer, Object> constants = new HashMap<>();
		int highest = Arrays.stream(numbers).filter((number) -> number < MOST_FIRST).max().orElse(-1);
		@Nullable Object[] first = new Object[Math.max(0, highest + 1)];
		for (int i = 0; i < numbers.length; i++) {
			Object constant = type.getEnumConstants()[i];
			if (numbers[i] >= 0 && numbers[i] < first.length) {
				first[numbers[i]] = constant;
			}
			else {
				constants.put(numbers[i], constant);
			}
		}
		return new Numbered(type, numbers, first, constants);
	}

	@Override
	public byte id() {
		return TType.I32;
	}

	@Override
	public String idl() {
		return this.javaType.getSimpleName();
	}

	int number(Object constant) {
		return this.numbers[((Enum<?>) constant).ordinal()];
	}

	@Override
	public void write(TProtocol out, Object value) throws TException {
		out.writeI32(number(value));
	}

	@Override
	public @Nullable Object read(TProtocol in) throws TException {
		return constant(in.readI32());
	}

	/** The constant with a number, or {@code null}. */
	@Nullable Object constant(int number) {
		return (number >= 0 && number < this.first.length) ? this.first[number] : this.constants.get(number);
	}

}
