package io.scalesrpc.client;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;

/**
 * Tells Kotlin's suspend functions from methods that a client can be called by: to Java
 * one is a method with a parameter more and without a type of its result.
 * <em>Stateless</em>.
 */
final class SuspendFunctions {

	/** By name: Kotlin need not be there. */
	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private SuspendFunctions() {
	}

	/**
	 * Refuses an interface with such a function.
	 * @throws IllegalArgumentException if there is one
	 */
	static void requireNone(Class<?> type) {
		for (Method method : type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers()) && isOne(method)) {
				throw new IllegalArgumentException(method.getName() + ": a suspend function of " + type.getName()
						+ " (expected: a function that blocks, or returns CompletableFuture or Mono, which"
						+ " kotlinx-coroutines can await)");
			}
		}
	}

	private static boolean isOne(Method method) {
		Class<?>[] parameters = method.getParameterTypes();
		return parameters.length > 0 && parameters[parameters.length - 1].getName().equals(CONTINUATION);
	}

}
