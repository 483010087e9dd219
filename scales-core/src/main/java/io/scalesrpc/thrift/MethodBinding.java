package io.scalesrpc.thrift;

import java.lang.invoke.MethodType;
import java.lang.reflect.Method;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

import io.scalesrpc.protocol.MethodShape;
import io.scalesrpc.protocol.NearestName;
import org.jspecify.annotations.Nullable;

/**
 * Finds the Thrift method behind a Java method of a client interface, or says why there
 * is none.
 * <p>
 * <em>Immutable</em>.
 *
 * @param service the service that is called
 * @param types what the variables of generic parents stand for
 */
record MethodBinding(ThriftService service, ResolvedTypes types) {

	private static final String ASYNC = "Async";

	private static final int MAX_SUGGESTIONS = 3;

	static List<String> overloaded(Method method) {
		return List.of(text(method) + ": overloaded (expected: one method of a name; Thrift has no overloads)");
	}

	@Nullable ThriftMethod target(Method method) {
		String name = method.getName();
		ThriftMethod target = this.service.method(name);
		if (target == null && name.endsWith(ASYNC)) {
			target = this.service.method(name.substring(0, name.length() - ASYNC.length()));
		}
		return target;
	}

	/** What does not fit, each with its remedy; empty when the method can be bound. */
	List<String> problems(Method method) {
		ThriftMethod target = target(method);
		return (target != null) ? problems(method, target) : List.of(unknown(method));
	}

	private String unknown(Method method) {
		String nearest = nearest(method);
		return text(method) + ": no such method in the service (expected: "
				+ ((nearest.isEmpty()) ? "any of " + names() : "perhaps " + nearest) + ")";
	}

	private List<String> problems(Method method, ThriftMethod target) {
		List<String> problems = new ArrayList<>();
		List<Type> found = this.types.parameters(method);
		if (!boxed(found).equals(boxed(target.parameterTypes()))) {
			problems.add(text(method) + ": parameters " + list(found) + " (expected: " + list(target.parameterTypes())
					+ ")");
		}
		Type result = this.types.result(method);
		if (!fits(result, target.returnType())) {
			problems.add(text(method) + ": returns " + text(result) + " (expected: " + text(target.returnType())
					+ ", or a CompletableFuture, CompletionStage or Mono of " + text(boxed(target.returnType())) + ")");
		}
		return problems;
	}

	private static boolean fits(Type found, Type expected) {
		if (boxed(found).equals(boxed(expected))) {
			return true;
		}
		return found instanceof ParameterizedType future && MethodShape.isFuture(future)
				&& future.getActualTypeArguments()[0].equals(boxed(expected));
	}

	private static List<Type> boxed(List<Type> types) {
		return types.stream().map(MethodBinding::boxed).toList();
	}

	private static Type boxed(Type type) {
		return (type instanceof Class<?> raw) ? MethodType.methodType(raw).wrap().returnType() : type;
	}

	private String nearest(Method method) {
		List<String> names = this.service.methods().stream().map(ThriftMethod::name).toList();
		return String.join(", ", NearestName.all(method.getName(), names, MAX_SUGGESTIONS));
	}

	private String names() {
		return this.service.methods().stream().map(ThriftMethod::name).collect(Collectors.joining(", "));
	}

	private static String text(Method method) {
		return method.getName() + list(new MethodShape(method).genericParameterTypes());
	}

	private static String list(List<Type> types) {
		return types.stream().map(MethodBinding::text).collect(Collectors.joining(", ", "(", ")"));
	}

	private static String text(Type type) {
		return type.getTypeName().replaceAll("java\\.(lang|util)\\.(concurrent\\.)?", "");
	}

}
