package io.scalesrpc.client.proxy;

import java.lang.reflect.Method;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.client.delivery.Delivery;
import io.scalesrpc.client.fallback.Body;
import io.scalesrpc.client.fallback.Coroutines;
import io.scalesrpc.client.fallback.Fallback;
import io.scalesrpc.client.fallback.FluxFallback;
import io.scalesrpc.client.fallback.GuardedFuture;
import io.scalesrpc.client.fallback.InterfaceMethod;
import io.scalesrpc.client.fallback.MethodFallback;
import io.scalesrpc.client.fallback.MonoFallback;
import io.scalesrpc.protocol.MethodShape;
import kotlin.coroutines.Continuation;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * One method of a proxy that somebody else made over a client, with a stand-in for calls
 * that failed. <em>Immutable</em>.
 *
 * @param target the proxy
 * @param body calls the method of it
 * @param fallback what answers
 * @param delivery where the stand-in of a future is asked
 * @param scopes takes what the thread of a caller has
 */
record FallbackGuard(Object target, Body body, MethodFallback fallback, Delivery delivery, CallScope.Source scopes) {

	private static final @Nullable Object[] NO_ARGUMENTS = {};

	static Invoker of(Method method, Object target, Fallback standIn, Delivery delivery, CallScope.Source scopes) {
		InterfaceMethod body = InterfaceMethod.virtual(method);
		FallbackGuard fallbackGuard = new FallbackGuard(target, body,
				new MethodFallback(MethodFallback.body(method), standIn), delivery, scopes);
		// By name: the classes of Reactor may not be there.
		return switch (method.getReturnType().getName()) {
			case "java.util.concurrent.CompletableFuture", "java.util.concurrent.CompletionStage" ->
				(proxy, arguments) -> fallbackGuard.future(given(arguments));
			case "reactor.core.publisher.Mono" -> (proxy, arguments) -> fallbackGuard.mono(given(arguments));
			case "reactor.core.publisher.Flux" -> (proxy, arguments) -> fallbackGuard.flux(given(arguments));
			case "kotlinx.coroutines.flow.Flow" -> (proxy, arguments) -> fallbackGuard.flow(method, given(arguments));
			default ->
				new MethodShape(method).isSuspending() ? (proxy, arguments) -> fallbackGuard.suspending(arguments)
						: (proxy, arguments) -> fallbackGuard.blocking(given(arguments));
		};
	}

	private static @Nullable Object[] given(@Nullable Object @Nullable [] arguments) {
		return (arguments != null) ? arguments : NO_ARGUMENTS;
	}

	/** Who was interrupted is to stop, and not to go on with something else. */
	private @Nullable Object blocking(@Nullable Object[] arguments) throws Throwable {
		try {
			return this.body.invoke(this.target, arguments);
		}
		catch (ScalesException ex) {
			if (!this.fallback.standsInFor(ex) || Thread.currentThread().isInterrupted()) {
				throw ex;
			}
			return this.fallback.answer(arguments, ex);
		}
	}

	private Object future(@Nullable Object[] arguments) throws Throwable {
		CompletionStage<?> source = (CompletionStage<?>) result(arguments);
		return new GuardedFuture(source, this.fallback, arguments, this.delivery, this.scopes.capture(null)).start();
	}

	@SuppressWarnings("unchecked")
	private Object mono(@Nullable Object[] arguments) throws Throwable {
		return new MonoFallback(this.fallback, arguments).over((Mono<Object>) result(arguments));
	}

	@SuppressWarnings("unchecked")
	private Object flux(@Nullable Object[] arguments) throws Throwable {
		return new FluxFallback(this.fallback, arguments).over((Flux<Object>) result(arguments));
	}

	@SuppressWarnings("unchecked")
	private Object flow(Method method, @Nullable Object[] arguments) throws Throwable {
		Object flux = MethodFallback.required(Coroutines.inJava(method, this.body).invoke(this.target, arguments));
		return Coroutines.flow(new FluxFallback(this.fallback, arguments).over((Flux<Object>) flux));
	}

	/** In the caller's context, as without a stand-in. */
	private @Nullable Object suspending(@Nullable Object @Nullable [] arguments) {
		Continuation<@Nullable Object> caller = Coroutines.caller(arguments);
		@Nullable Object[] given = Coroutines.given(arguments);
		CompletionStage<?> source = Coroutines.start(this.body, this.target, given, caller.getContext());
		return Coroutines.await(
				new GuardedFuture(source, this.fallback, given, this.delivery, this.scopes.capture(null)).start(),
				caller);
	}

	private Object result(@Nullable Object[] arguments) throws Throwable {
		Object result = this.body.invoke(this.target, arguments);
		if (result == null) {
			throw new IllegalStateException("null (expected: a future, Mono or Flux)");
		}
		return result;
	}

}
