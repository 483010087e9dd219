package io.scalesrpc.thrift.declared;

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
 * @param constants by their numbers
 */
record Numbered(Class<?> javaType, int[] numbers, Map<Integer, Object> constants) implements WireType {

	static Numbered of(Class<?> type, int[] numbers) {
		Map<Integer, Object> constants = new HashMap<>();
		for (int i = 0; i < numbers.length; i++) {
			constants.put(numbers[i], type.getEnumConstants()[i]);
		}
		return new Numbered(type, numbers, constants);
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
		return this.constants.get(in.readI32());
	}

}
