package io.scalesrpc.client.proxy;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

import org.jspecify.annotations.Nullable;

/**
 * A default method of the interface, run on the proxy. <em>Immutable</em>.
 *
 * @param body takes the proxy and the arguments as an array
 */
record DefaultInvoker(MethodHandle body) implements Invoker {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	static DefaultInvoker of(Method method) {
		Class<?> type = method.getDeclaringClass();
		try {
			// Not InvocationHandler.invokeDefault: that refuses interfaces that are not
			// public.
			MethodHandle handle = MethodHandles.privateLookupIn(type, MethodHandles.lookup())
				.unreflectSpecial(method, type);
			return new DefaultInvoker(handle.asFixedArity()
				.asSpreader(Object[].class, method.getParameterCount())
				.asType(MethodType.methodType(Object.class, Object.class, Object[].class)));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalArgumentException(
					method + ": not accessible (expected: its module opens the package to io.scalesrpc)", ex);
		}
	}

	@Override
	public @Nullable Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) throws Throwable {
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		return this.body.invokeExact(proxy, given);
	}

}
