package io.scalesrpc.thrift.declared;

import java.lang.invoke.CallSite;
import java.lang.invoke.LambdaMetafactory;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;

import org.apache.thrift.TException;
import org.apache.thrift.protocol.TField;
import org.apache.thrift.protocol.TProtocol;
import org.apache.thrift.protocol.TType;
import org.jspecify.annotations.Nullable;

/**
 * Makes writers of fields that call the accessor as compiled code does, so that nothing
 * is boxed. Where the JVM can make no classes, in a native image, they go through a
 * method handle. <em>Thread-safe</em>.
 */
final class FieldWriters {

	private FieldWriters() {
	}

	static FieldWriter of(String struct, Field field, Method accessor, MethodHandle handle) {
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(accessor.getDeclaringClass(),
					MethodHandles.lookup());
			return compiled(struct, field, lookup, accessor);
		}
		catch (Throwable ex) {
			if (ex instanceof VirtualMachineError error) {
				throw error;
			}
			return (out, value) -> FieldSet.write(out, struct, field, get(handle, value));
		}
	}

	private static @Nullable Object get(MethodHandle handle, Object struct) throws TException {
		try {
			return handle.invokeExact(struct);
		}
		catch (Throwable ex) {
			throw Struct.failed(struct.getClass(), ex);
		}
	}

	private static FieldWriter compiled(String struct, Field field, MethodHandles.Lookup lookup, Method accessor)
			throws Throwable {
		Class<?> type = accessor.getReturnType();
		TField head = field.head();
		if (type == boolean.class) {
			Predicate<Object> get = lambda(lookup, accessor, Predicate.class, "test", boolean.class);
			return (out, value) -> {
				out.writeFieldBegin(head);
				out.writeBool(get.test(value));
				out.writeFieldEnd();
			};
		}
		if (type == long.class) {
			ToLongFunction<Object> get = lambda(lookup, accessor, ToLongFunction.class, "applyAsLong", long.class);
			return (out, value) -> {
				out.writeFieldBegin(head);
				out.writeI64(get.applyAsLong(value));
				out.writeFieldEnd();
			};
		}
		if (type == double.class) {
			ToDoubleFunction<Object> get = lambda(lookup, accessor, ToDoubleFunction.class, "applyAsDouble",
					double.class);
			return (out, value) -> {
				out.writeFieldBegin(head);
				out.writeDouble(get.applyAsDouble(value));
				out.writeFieldEnd();
			};
		}
		if (type.isPrimitive()) {
			ToIntFunction<Object> get = lambda(lookup, accessor, ToIntFunction.class, "applyAsInt", int.class);
			return (out, value) -> {
				out.writeFieldBegin(head);
				writeInteger(out, head.type, get.applyAsInt(value));
				out.writeFieldEnd();
			};
		}
		Function<Object, Object> get = lambda(lookup, accessor, Function.class, "apply", Object.class);
		return (out, value) -> FieldSet.write(out, struct, field, get.apply(value));
	}

	private static void writeInteger(TProtocol out, byte type, int value) throws TException {
		switch (type) {
			case TType.BYTE -> out.writeByte((byte) value);
			case TType.I16 -> out.writeI16((short) value);
			default -> out.writeI32(value);
		}
	}

	@SuppressWarnings("unchecked")
	private static <T> T lambda(MethodHandles.Lookup lookup, Method accessor, Class<?> shape, String name,
			Class<?> result) throws Throwable {
		MethodHandle handle = lookup.unreflect(accessor);
		Class<?> found = accessor.getReturnType();
		CallSite site = LambdaMetafactory.metafactory(lookup, name, MethodType.methodType(shape),
				MethodType.methodType(result, Object.class), handle,
				MethodType.methodType(found.isPrimitive() ? result : found, accessor.getDeclaringClass()));
		return (T) site.getTarget().invoke();
	}

}
