package io.scalesrpc.thrift;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.scalesrpc.Internal;
import io.scalesrpc.protocol.OptionsParameter;
import io.scalesrpc.thrift.declared.DeclaredInterface;
import org.jspecify.annotations.Nullable;

/**
 * The agreement between a client interface and a Thrift service: which Thrift method each
 * Java method calls.
 * <p>
 * <em>Thread-safe</em>.
 */
@Internal
public final class ThriftContract {

	private ThriftContract() {
	}

	/**
	 * Binds every abstract method of an interface. The parameters must be those of the
	 * service, boxed or not, and {@code CallOptions} before or after; the result may be
	 * the service's type, boxed or not, or a {@code CompletableFuture},
	 * {@code CompletionStage} or Reactor {@code Mono} of it. Types may come from generic
	 * parents. {@code fooAsync} is bound to {@code foo} if the service has no
	 * {@code fooAsync}.
	 * @param clientInterface the interface of the client
	 * @param service the generated class of the service, or {@code null} if the interface
	 * extends the generated one
	 * @return the methods, without default and static ones and those of {@code Object}
	 * @throws IllegalArgumentException if anything does not fit; the message lists every
	 * misfit with its remedy
	 */
	public static Map<Method, ThriftMethod> bind(Class<?> clientInterface, @Nullable Class<?> service) {
		if (!clientInterface.isInterface()) {
			throw new IllegalArgumentException(clientInterface.getName() + ": a class (expected: an interface)");
		}
		MethodBinding binding = new MethodBinding(serviceOf(clientInterface, service),
				ResolvedTypes.of(clientInterface));
		List<Method> methods = abstractMethods(clientInterface);
		List<String> problems = new ArrayList<>();
		Map<Method, ThriftMethod> bound = new LinkedHashMap<>();
		for (Method method : methods) {
			ThriftMethod target = binding.target(method);
			problems
				.addAll((isOverloaded(method, methods)) ? MethodBinding.overloaded(method) : binding.problems(method));
			if (target != null) {
				bound.put(method, target);
			}
		}
		if (!problems.isEmpty()) {
			throw new IllegalArgumentException(clientInterface.getName() + " does not fit the Thrift service "
					+ binding.service().name() + ":\n  - " + String.join("\n  - ", problems));
		}
		return Collections.unmodifiableMap(bound);
	}

	/**
	 * Two parents may declare the same method, and one of them may take options of calls
	 * besides; that is no overload.
	 */
	private static boolean isOverloaded(Method method, List<Method> methods) {
		return methods.stream()
			.anyMatch((other) -> other.getName().equals(method.getName())
					&& !Arrays.equals(OptionsParameter.otherTypes(other), OptionsParameter.otherTypes(method)));
	}

	private static ThriftService serviceOf(Class<?> clientInterface, @Nullable Class<?> service) {
		if (service != null) {
			return ThriftService.of(service);
		}
		if (DeclaredInterface.find(clientInterface) == null && !GeneratedService.isBehind(clientInterface)) {
			throw new IllegalArgumentException(clientInterface.getName() + ": not a Thrift service (expected: an"
					+ " interface that extends a generated Iface or has @ThriftInterface, or the service named beside"
					+ " a free-form one)");
		}
		return ThriftService.of(clientInterface);
	}

	private static List<Method> abstractMethods(Class<?> type) {
		List<Method> methods = new ArrayList<>();
		for (Method method : type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers()) && !isObjects(method)) {
				methods.add(method);
			}
		}
		return methods;
	}

	private static boolean isObjects(Method method) {
		try {
			Object.class.getMethod(method.getName(), method.getParameterTypes());
			return true;
		}
		catch (NoSuchMethodException ex) {
			return false;
		}
	}

}
