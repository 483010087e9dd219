package io.scalesrpc.thrift;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.List;

import org.apache.thrift.TSerializable;
import org.jspecify.annotations.Nullable;

/**
 * A method of an interface that no usable {@code Processor} belongs to: handlers are
 * called by the interface itself. <em>Thread-safe</em>.
 */
final class HandlerFunction implements ThriftFunction {

	private final MessageStruct arguments;

	private final @Nullable MessageStruct result;

	private final Method method;

	/** Those that the result has fields for, in their order. */
	private final List<Class<?>> exceptions;

	/** Takes the handler and an array of arguments; clients never ask for it. */
	private volatile @Nullable MethodHandle invoker;

	HandlerFunction(MessageStruct arguments, @Nullable MessageStruct result, Method method, List<Class<?>> exceptions) {
		this.arguments = arguments;
		this.result = result;
		this.method = method;
		this.exceptions = exceptions;
	}

	@Override
	public MessageStruct arguments() {
		return this.arguments;
	}

	@Override
	public @Nullable MessageStruct result() {
		return this.result;
	}

	@Override
	public void prepare() {
		invoker();
	}

	private MethodHandle invoker() {
		MethodHandle known = this.invoker;
		if (known == null) {
			known = invoker(this.method);
			this.invoker = known;
		}
		return known;
	}

	private static MethodHandle invoker(Method method) {
		MethodType erased = MethodType.methodType(Object.class, Object.class, Object[].class);
		try {
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(method.getDeclaringClass(),
					MethodHandles.lookup());
			return lookup.unreflect(method).asSpreader(Object[].class, method.getParameterCount()).asType(erased);
		}
		catch (IllegalAccessException ex) {
			throw new IllegalArgumentException(
					method + ": not accessible (expected: a public interface, or a module" + " that opens its package)",
					ex);
		}
	}

	@Override
	public @Nullable TSerializable call(Object handler, Object arguments) throws Exception {
		@Nullable Object[] values = this.arguments.values(arguments);
		MessageStruct results = this.result;
		try {
			Object value = invoker().invokeExact(handler, values);
			return (results != null) ? results.of(0, value) : null;
		}
		catch (Throwable ex) {
			int declared = indexOf(ex);
			if (results == null || declared < 0) {
				throw rethrown(ex);
			}
			return results.of(firstException() + declared, ex);
		}
	}

	private int firstException() {
		return (this.method.getReturnType() == void.class) ? 0 : 1;
	}

	private int indexOf(Throwable thrown) {
		for (int i = 0; i < this.exceptions.size(); i++) {
			if (this.exceptions.get(i).isInstance(thrown)) {
				return i;
			}
		}
		return -1;
	}

	private static Exception rethrown(Throwable thrown) {
		if (thrown instanceof Error error) {
			throw error;
		}
		return (thrown instanceof Exception exception) ? exception : new InvocationTargetException(thrown);
	}

}
