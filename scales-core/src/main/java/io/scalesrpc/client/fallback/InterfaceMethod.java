package io.scalesrpc.client.fallback;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Method;

import io.scalesrpc.Internal;
import org.jspecify.annotations.Nullable;

/**
 * A method of an interface, public or not, ready to be called on an object of it.
 * <em>Immutable</em>.
 *
 * @param handle takes the object and the arguments as an array
 */
@Internal
public record InterfaceMethod(MethodHandle handle) implements Body {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	/** The body that the interface gives, whatever the object is. */
	public static InterfaceMethod ownBody(Method method) {
		return of(method, true);
	}

	/** What the object makes of it. */
	public static InterfaceMethod virtual(Method method) {
		return of(method, false);
	}

	private static InterfaceMethod of(Method method, boolean ownBody) {
		Class<?> type = method.getDeclaringClass();
		try {
			// Not InvocationHandler.invokeDefault: that refuses interfaces that are not
			// public.
			MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(type, MethodHandles.lookup());
			MethodHandle handle = ownBody ? lookup.unreflectSpecial(method, type) : lookup.unreflect(method);
			return new InterfaceMethod(handle.asFixedArity()
				.asSpreader(Object[].class, method.getParameterCount())
				.asType(MethodType.methodType(Object.class, Object.class, Object[].class)));
		}
		catch (IllegalAccessException ex) {
			throw new IllegalArgumentException(
					method + ": not accessible (expected: its module opens the package to io.scalesrpc)", ex);
		}
	}

	@Override
	public @Nullable Object invoke(Object target, @Nullable Object @Nullable [] arguments) throws Throwable {
		@Nullable Object[] given = (arguments != null) ? arguments : NO_ARGUMENTS;
		return this.handle.invokeExact(target, given);
	}

}
