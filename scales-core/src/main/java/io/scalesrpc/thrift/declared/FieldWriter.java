package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TProtocol;
import org.jspecify.annotations.Nullable;

/**
 * Writes single fields of structs as parts of a method handle, where all that is known of
 * a field is constant. <em>Thread-safe</em>.
 */
final class FieldWriter {

	private FieldWriter() {
	}

	/**
	 * Takes a {@code TProtocol} and a struct, and writes a field of the struct.
	 * @param struct its name, for texts
	 * @param field what is written
	 * @param accessor takes the struct and returns the value
	 */
	static MethodHandle of(String struct, Field field, MethodHandle accessor) {
		Class<?> type = accessor.type().returnType();
		if (!fits(type, field.type().javaType())) {
			throw new IllegalArgumentException(
					accessor.type().parameterType(0).getName() + "." + field.name() + ": its accessor returns "
							+ type.getTypeName() + " (expected: " + field.type().javaType().getTypeName() + ")");
		}
		Class<?> put = (type == boolean.class || type == double.class) ? type
				: type.isPrimitive() ? long.class : Object.class;
		try {
			MethodHandle writer = MethodHandles.lookup()
				.findStatic(FieldWriter.class, "write",
						MethodType.methodType(void.class, TProtocol.class, String.class, Field.class, put));
			return MethodHandles.filterArguments(MethodHandles.insertArguments(writer, 1, struct, field), 1,
					accessor.asType(MethodType.methodType(put, Object.class)));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** How a field is written goes by what its accessor returns. */
	private static boolean fits(Class<?> returned, Class<?> needed) {
		return returned.isPrimitive() ? MethodType.methodType(returned).wrap().returnType() == needed
				: needed.isAssignableFrom(returned) || returned.isAssignableFrom(needed);
	}

	static void write(TProtocol out, String struct, Field field, boolean value) throws TException {
		Numbers.write(out, field.head(), (value) ? 1 : 0);
	}

	static void write(TProtocol out, String struct, Field field, double value) throws TException {
		Numbers.write(out, field.head(), Double.doubleToLongBits(value));
	}

	static void write(TProtocol out, String struct, Field field, long value) throws TException {
		Numbers.write(out, field.head(), value);
	}

	static void write(TProtocol out, String struct, Field field, @Nullable Object value) throws TException {
		FieldSet.write(out, struct, field, value);
	}

}
