package io.scalesrpc.spring.http;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * What stands behind an interface of Spring: each request is handed to the proxy that
 * Spring made for methods of its kind, those that wait or those that do not; default
 * methods run their own bodies, whatever the visibility of the interface; and
 * {@code toString}, {@code equals} and {@code hashCode} are those of this proxy.
 * <em>Thread-safe</em>.
 */
final class HttpClientProxy implements InvocationHandler {

	private final String text;

	private final Map<Method, Request> requests;

	private final Map<Method, MethodHandle> bodies;

	private HttpClientProxy(String text, Map<Method, Request> requests, Map<Method, MethodHandle> bodies) {
		this.text = text;
		this.requests = requests;
		this.bodies = bodies;
	}

	/**
	 * Makes a proxy.
	 * @param type the interface
	 * @param client the name of its client
	 * @param requests who makes the requests, by the methods of the interface
	 * @throws IllegalArgumentException if the body of a method cannot be reached
	 */
	static <T> T create(Class<T> type, String client, Map<Method, Object> requests) {
		Map<Method, Request> made = new HashMap<>();
		requests.forEach((method, target) -> made.put(method, Request.of(method, target)));
		Map<Method, MethodHandle> bodies = new HashMap<>();
		for (Method method : type.getMethods()) {
			if (method.isDefault() && !requests.containsKey(method)) {
				bodies.put(method, body(method));
			}
		}
		HttpClientProxy handler = new HttpClientProxy(client + " (" + type.getName() + ")", made, bodies);
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static MethodHandle body(Method method) {
		Class<?> type = method.getDeclaringClass();
		try {
			return MethodHandles.privateLookupIn(type, MethodHandles.lookup())
				.unreflectSpecial(method, type)
				.asFixedArity()
				.asSpreader(Object[].class, method.getParameterCount());
		}
		catch (IllegalAccessException ex) {
			throw new IllegalArgumentException(
					method + ": not accessible (expected: its module opens the package to io.scalesrpc)", ex);
		}
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		Request request = this.requests.get(method);
		if (request != null) {
			return request.invoke(given(arguments));
		}
		MethodHandle body = this.bodies.get(method);
		return (body != null) ? body.invoke(proxy, given(arguments)) : ofObject(proxy, method, given(arguments));
	}

	private static @Nullable Object[] given(@Nullable Object @Nullable [] arguments) {
		return (arguments != null) ? arguments : new Object[0];
	}

	private Object ofObject(Object proxy, Method method, @Nullable Object[] arguments) {
		return switch (method.getName()) {
			case "equals" -> proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> this.text;
			default -> throw new IllegalStateException(
					this.text + ": " + method + " is not bound (expected: every abstract method)");
		};
	}

	/**
	 * A method as who makes its requests has it: the one that a proxy is given is a copy
	 * that knows nothing of access. <em>Immutable</em>.
	 *
	 * @param method the method, accessible
	 * @param target makes the requests
	 */
	private record Request(Method method, Object target) {

		static Request of(Method method, Object target) {
			ReflectionUtils.makeAccessible(method);
			return new Request(method, target);
		}

		@Nullable Object invoke(@Nullable Object[] arguments) throws Throwable {
			try {
				Object result = this.method.invoke(this.target, arguments);
				return (result instanceof CompletableFuture<?> request) ? owned(request) : result;
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		}

		/**
		 * A future that ends its request however it is completed: that of Reactor does so
		 * only if it is cancelled, and not by {@code orTimeout}.
		 */
		private static <T> CompletableFuture<T> owned(CompletableFuture<T> request) {
			CompletableFuture<T> future = new CompletableFuture<>();
			request.whenComplete((value, ex) -> {
				if (ex != null) {
					future.completeExceptionally(ex);
				}
				else {
					future.complete(value);
				}
			});
			// Without effect on a request that has ended.
			future.whenComplete((value, ex) -> request.cancel(false));
			return future;
		}

	}

}
