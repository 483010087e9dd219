package io.scalesrpc.thrift.declared;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

import org.jspecify.annotations.Nullable;

/**
 * Takes single values out of a {@link Scratch}, as the type that a constructor has, and
 * puts those in that an accessor gives. <em>Thread-safe</em>.
 */
final class ScratchValues {

	private ScratchValues() {
	}

	/** Takes a {@code Scratch} and returns the value of a field. */
	static MethodHandle of(Class<?> type, int field) {
		String name = type.isPrimitive() ? type.getName() + "At" : "objectAt";
		Class<?> found = type.isPrimitive() ? type : Object.class;
		try {
			MethodHandle value = MethodHandles.lookup()
				.findStatic(ScratchValues.class, name, MethodType.methodType(found, Scratch.class, int.class));
			return MethodHandles.insertArguments(value, 1, field).asType(MethodType.methodType(type, Scratch.class));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Takes a {@code Scratch} and a struct, and puts a value of it in. */
	static MethodHandle put(MethodHandle accessor, int field) {
		Class<?> type = accessor.type().returnType();
		Class<?> put = (type == boolean.class || type == double.class) ? type
				: type.isPrimitive() ? long.class : Object.class;
		try {
			MethodHandle setter = MethodHandles.lookup()
				.findStatic(ScratchValues.class, "put",
						MethodType.methodType(void.class, Scratch.class, int.class, put));
			return MethodHandles.filterArguments(MethodHandles.insertArguments(setter, 1, field), 1,
					accessor.asType(MethodType.methodType(put, Object.class)));
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalStateException(ex);
		}
	}

	static void put(Scratch scratch, int field, boolean value) {
		put(scratch, field, (value) ? 1L : 0L);
	}

	static void put(Scratch scratch, int field, double value) {
		put(scratch, field, Double.doubleToLongBits(value));
	}

	static void put(Scratch scratch, int field, long value) {
		scratch.numbers[scratch.base + field] = value;
	}

	static void put(Scratch scratch, int field, @Nullable Object value) {
		scratch.objects[scratch.base + field] = value;
	}

	static @Nullable Object objectAt(Scratch scratch, int field) {
		return scratch.objects[scratch.base + field];
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
