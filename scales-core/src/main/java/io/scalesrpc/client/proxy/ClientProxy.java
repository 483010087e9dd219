package io.scalesrpc.client.proxy;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.Map;

import io.scalesrpc.call.CallScope;
import io.scalesrpc.client.delivery.Delivery;
import io.scalesrpc.client.fallback.Coroutines;
import io.scalesrpc.client.fallback.Fallback;
import io.scalesrpc.client.fallback.MethodFallback;
import io.scalesrpc.protocol.MethodShape;
import org.jspecify.annotations.Nullable;

/**
 * What stands behind the interface of a client: finds the prepared invoker of a method.
 * Methods of {@code Object} are those of the proxy itself; its text names client and
 * interface. <em>Thread-safe</em>.
 */
public final class ClientProxy implements InvocationHandler {

	private final String text;

	private final Map<Method, Invoker> invokers;

	/**
	 * The same by identity, which costs less: a proxy class has one object for each of
	 * its methods. Copied when it grows.
	 */
	private volatile Map<Method, Invoker> seen = new IdentityHashMap<>();

	private ClientProxy(String text, Map<Method, Invoker> invokers) {
		this.text = text;
		this.invokers = invokers;
	}

	/**
	 * Makes a proxy.
	 * @param type the interface
	 * @param methods the remote methods, by those of the interface
	 * @param starter the client
	 * @param delivery where futures complete
	 * @param fallback what answers calls that failed, if anything does
	 * @param <T> the interface
	 * @return the proxy
	 * @throws IllegalArgumentException if the interface cannot be implemented
	 */
	public static <T> T create(Class<T> type, Map<Method, BoundMethod> methods, CallStarter starter, Delivery delivery,
			@Nullable Fallback fallback) {
		Map<Method, Invoker> invokers = new HashMap<>();
		methods.forEach((java, bound) -> invokers.put(java, invoker(new RemoteMethod(java, bound, starter, delivery,
				(fallback != null) ? MethodFallback.of(java, fallback) : null))));
		return create(type, starter.client(), invokers);
	}

	/**
	 * Makes a proxy around one that somebody else made of the same interface.
	 * @param type the interface
	 * @param target makes the calls
	 * @param client the name of the client
	 * @param delivery where the stand-in of a future is asked
	 * @param fallback what answers calls that failed
	 * @param scopes takes what the thread of a caller has
	 * @param <T> the interface
	 * @return the proxy
	 */
	public static <T> T guard(Class<T> type, T target, String client, Delivery delivery, Fallback fallback,
			CallScope.Source scopes) {
		Map<Method, Invoker> invokers = new HashMap<>();
		for (Method method : type.getMethods()) {
			if (Modifier.isAbstract(method.getModifiers())) {
				invokers.put(method, FallbackGuard.of(method, target, fallback, delivery, scopes));
			}
		}
		return create(type, client, invokers);
	}

	private static <T> T create(Class<T> type, String client, Map<Method, Invoker> invokers) {
		for (Method method : type.getMethods()) {
			if (method.isDefault()) {
				invokers.put(method, DefaultInvoker.of(method));
			}
		}
		ClientProxy handler = new ClientProxy(client + " (" + type.getName() + ")", invokers);
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	@Override
	public @Nullable Object invoke(Object proxy, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		Invoker known = this.seen.get(method);
		Invoker invoker = (known != null) ? known : find(method);
		return (invoker != null) ? invoker.invoke(proxy, arguments) : ofObject(proxy, method, arguments);
	}

	private @Nullable Invoker find(Method method) {
		Invoker invoker = this.invokers.get(method);
		// Whoever calls with methods of their own making makes them for ever.
		if (invoker != null && this.seen.size() < 2 * this.invokers.size()) {
			Map<Method, Invoker> more = new IdentityHashMap<>(this.seen);
			more.put(method, invoker);
			this.seen = more;
		}
		return invoker;
	}

	private static Invoker invoker(RemoteMethod method) {
		if (method.bound().detached() && method.java().getReturnType() == void.class) {
			return new DetachedInvoker(method);
		}
		// By name: those of Reactor may not be there.
		return switch (method.java().getReturnType().getName()) {
			case "java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletionStage" ->
				new FutureInvoker(method);
			case "reactor.core.publisher.Mono" -> new MonoInvoker(method);
			case "reactor.core.publisher.Flux" -> FluxInvoker.of(method);
			case "kotlinx.coroutines.flow.Flow" -> {
				Invoker flux = FluxInvoker.of(method);
				yield (proxy, arguments) -> Coroutines.flow(flux.invoke(proxy, arguments));
			}
			default ->
				new MethodShape(method.java()).isSuspending() ? SuspendInvoker.of(method) : new BlockingInvoker(method);
		};
	}

	private Object ofObject(Object proxy, Method method, @Nullable Object @Nullable [] arguments) {
		return switch (method.getName()) {
			case "equals" -> arguments != null && proxy == arguments[0];
			case "hashCode" -> System.identityHashCode(proxy);
			case "toString" -> this.text;
			default -> throw new IllegalStateException(
					this.text + ": " + method + " is not bound (expected: every abstract method)");
		};
	}

}
