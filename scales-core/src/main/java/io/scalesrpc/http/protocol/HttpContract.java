package io.scalesrpc.http.protocol;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import io.scalesrpc.http.ScalesHttpClient;
import io.scalesrpc.http.ScalesHttpRequest;
import io.scalesrpc.http.ScalesHttpResponse;
import io.scalesrpc.protocol.MethodShape;
import io.scalesrpc.protocol.UnfitInterfaceException;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which requests the methods of an interface stand for: those of
 * {@link ScalesHttpClient}, and others that look like them. <em>Stateless</em>.
 */
final class HttpContract {

	private static final Set<String> VERBS = Set.of("get", "head", "options", "delete", "post", "put", "patch");

	private static final List<Class<?>> PATH = List.of(String.class);

	private static final List<Class<?>> PATH_AND_BODY = List.of(String.class, String.class, byte[].class);

	private static final List<Class<?>> REQUEST = List.of(ScalesHttpRequest.class);

	private static final String EXPECTED = "ScalesHttpResponse, or a CompletableFuture or Mono of it, as the result;"
			+ " one ScalesHttpRequest as the parameter, or, for a method named get, head, options, delete, post, put"
			+ " or patch, (String path) or (String path, String contentType, byte[] body),"
			+ " with CallOptions before or after;"
			+ " interfaces with @HttpExchange need Spring and spring-web on the class path";

	private HttpContract() {
	}

	static Map<Method, HttpMethodSpec> bind(Class<?> type) {
		List<Method> own = Arrays.stream(type.getMethods())
			.filter((method) -> Modifier.isAbstract(method.getModifiers()))
			.toList();
		return UnfitInterfaceException.each(type, own, (method) -> {
			HttpMethodSpec spec = spec(type, method);
			if (spec == null) {
				throw new IllegalArgumentException(
						type.getName() + "." + method.getName() + ": no method of HTTP (expected: " + EXPECTED + ")");
			}
			return spec;
		});
	}

	/** Whether an interface could be bound. */
	static boolean fits(Class<?> type) {
		return type.isInterface() && Arrays.stream(type.getMethods())
			.allMatch((method) -> !Modifier.isAbstract(method.getModifiers()) || spec(type, method) != null);
	}

	private static @Nullable HttpMethodSpec spec(Class<?> type, Method method) {
		String name = method.getName();
		String base = name.endsWith("Async") ? name.substring(0, name.length() - "Async".length()) : name;
		MethodShape shape = new MethodShape(method);
		List<Class<?>> parameters = shape.parameterTypes();
		if (shape.value() == ScalesHttpResponse.class && !shape.isMany()) {
			if (parameters.equals(REQUEST)) {
				return new HttpMethodSpec(type.getName(), base, null);
			}
			if (VERBS.contains(base) && (parameters.equals(PATH) || parameters.equals(PATH_AND_BODY))) {
				return new HttpMethodSpec(type.getName(), base, base.toUpperCase(Locale.ROOT));
			}
		}
		return null;
	}

}
