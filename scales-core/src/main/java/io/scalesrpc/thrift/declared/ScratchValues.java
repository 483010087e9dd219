package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.jspecify.annotations.Nullable;

/**
 * Takes single values out of a {@link Scratch}, as the type that a constructor has.
 * <em>Thread-safe</em>.
 */
final class ScratchValues {

	private ScratchValues() {
	}

	/**
	 * Takes a {@code Scratch}, or the array of objects, and returns the value of a field.
	 */
	static MethodHandle of(Class<?> type, int field) {
		boolean number = type.isPrimitive();
		String name = number ? type.getName() + "At" : "objectAt";
		Class<?> from = number ? Scratch.class : Object[].class;
		try {
			MethodHandle value = MethodHandles.lookup()
				.findStatic(ScratchValues.class, name,
						MethodType.methodType(number ? type : Object.class, from, int.class));
			return MethodHandles.insertArguments(value, 1, field).asType(MethodType.methodType(type, from));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static @Nullable Object objectAt(@Nullable Object[] objects, int field) {
		return objects[field];
	}

	static boolean booleanAt(Scratch scratch, int field) {
		return longAt(scratch, field) != 0;
	}

	static byte byteAt(Scratch scratch, int field) {
		return (byte) longAt(scratch, field);
	}

	static short shortAt(Scratch scratch, int field) {
		return (short) longAt(scratch, field);
	}

	static int intAt(Scratch scratch, int field) {
		return (int) longAt(scratch, field);
	}

	static long longAt(Scratch scratch, int field) {
		return scratch.numbers[scratch.base + field];
	}

	static double doubleAt(Scratch scratch, int field) {
		return Double.longBitsToDouble(longAt(scratch, field));
	}

}
