package io.scalesrpc.client.assembly;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.function.Predicate;

import io.scalesrpc.protocol.MethodShape;

/**
 * Kotlin's suspend functions and flows can be called where its library of coroutines is
 * there: the compiler knows how a function is suspended, but it does not bring who
 * resumes it. <em>Stateless</em>.
 */
public final class SuspendFunctions {

	private static final String CORE = "kotlinx.coroutines.future.FutureKt";

	private static final String REACTOR = "kotlinx.coroutines.reactor.ReactorFlowKt";

	private static final String FLOW = "kotlinx.coroutines.flow.Flow";

	private SuspendFunctions() {
	}

	/**
	 * Refuses an interface whose functions nobody could resume.
	 * @throws IllegalArgumentException if there is such a function
	 */
	public static void requireCallable(Class<?> type) {
		requireCallable(type, (name) -> isPresent(name, type.getClassLoader()));
	}

	static void requireCallable(Class<?> type, Predicate<String> present) {
		for (Method method : type.getMethods()) {
			if (!Modifier.isAbstract(method.getModifiers())) {
				continue;
			}
			MethodShape shape = new MethodShape(method);
			if (shape.isSuspending() && shape.value().getTypeName().startsWith(FLOW)) {
				throw new IllegalArgumentException(method.getName() + ": a suspend function of " + type.getName()
						+ " that returns a Flow (expected: a function that returns it at once)");
			}
			if (shape.isSuspending() && !present.test(CORE)) {
				throw new IllegalArgumentException(method.getName() + ": a suspend function of " + type.getName()
						+ " (expected: org.jetbrains.kotlinx:kotlinx-coroutines-core on the class path, which resumes"
						+ " it; or a function that blocks, or returns CompletableFuture or Mono)");
			}
			if (shape.isFlow() && !present.test(REACTOR)) {
				throw new IllegalArgumentException(method.getName() + ": a Flow of " + type.getName()
						+ " (expected: org.jetbrains.kotlinx:kotlinx-coroutines-reactor on the class path, which makes"
						+ " it of a Flux)");
			}
		}
	}

	private static boolean isPresent(String name, ClassLoader loader) {
		try {
			Class.forName(name, false, loader);
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

}
