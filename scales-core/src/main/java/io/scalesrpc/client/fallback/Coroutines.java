package io.scalesrpc.client.fallback;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.scalesrpc.Internal;
import io.scalesrpc.protocol.MethodShape;
import kotlin.ResultKt;
import kotlin.Unit;
import kotlin.coroutines.Continuation;
import kotlin.coroutines.CoroutineContext;
import kotlin.coroutines.intrinsics.IntrinsicsKt;
import kotlinx.coroutines.CoroutineScopeKt;
import kotlinx.coroutines.CoroutineStart;
import kotlinx.coroutines.Dispatchers;
import kotlinx.coroutines.JobKt;
import kotlinx.coroutines.flow.Flow;
import kotlinx.coroutines.future.FutureKt;
import kotlinx.coroutines.reactive.ReactiveFlowKt;
import kotlinx.coroutines.reactor.ReactorContext;
import kotlinx.coroutines.reactor.ReactorFlowKt;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Publisher;
import reactor.util.context.ContextView;

/**
 * Where Kotlin's coroutines and futures meet. A coroutine that is cancelled cancels the
 * future it waits for. Loaded only when an interface has suspend functions or a
 * {@code Flow}; what needs Reactor only where that is. <em>Stateless</em>.
 */
@Internal
public final class Coroutines {

	private static final String UNIT = "kotlin.coroutines.Continuation<? super kotlin.Unit>";

	/** Whether a coroutine can carry what Reactor's subscribers carry. */
	private static final boolean WITH_REACTOR = hasReactor();

	private Coroutines() {
	}

	private static boolean hasReactor() {
		try {
			Class.forName("kotlinx.coroutines.reactor.ReactorContext", false, Coroutines.class.getClassLoader());
			return true;
		}
		catch (ClassNotFoundException | LinkageError ex) {
			return false;
		}
	}

	/** Who goes on with the result of a suspend function: its last argument. */
	@SuppressWarnings("unchecked")
	public static Continuation<@Nullable Object> caller(@Nullable Object @Nullable [] arguments) {
		@Nullable Object[] all = Objects.requireNonNull(arguments);
		return (Continuation<@Nullable Object>) Objects.requireNonNull(all[all.length - 1]);
	}

	/** The other arguments. */
	public static @Nullable Object[] given(@Nullable Object @Nullable [] arguments) {
		@Nullable Object[] all = Objects.requireNonNull(arguments);
		return Arrays.copyOf(all, all.length - 1);
	}

	/** What a function goes on with whose caller expects nothing. */
	public static @Nullable Object nothing(Method method) {
		java.lang.reflect.Type[] types = method.getGenericParameterTypes();
		return types[types.length - 1].getTypeName().equals(UNIT) ? Unit.INSTANCE : null;
	}

	public static void requireActive(Continuation<?> caller) {
		JobKt.ensureActive(caller.getContext());
	}

	/** What the subscriber of a Mono carries around the coroutine; null for nothing. */
	public static @Nullable ContextView carried(Continuation<?> caller) {
		return WITH_REACTOR ? OfReactor.carried(caller.getContext()) : null;
	}

	/**
	 * Suspends the caller until a future is done. A checked exception must not come out
	 * of a proxy, which would wrap it: it goes the way of those that come later.
	 */
	public static @Nullable Object await(CompletionStage<@Nullable Object> future,
			Continuation<@Nullable Object> caller) {
		try {
			return FutureKt.await(future, caller);
		}
		catch (RuntimeException | Error ex) {
			throw ex;
		}
		// Kotlin does not declare what it throws, so Java must not name it.
		catch (Throwable ex) {
			IntrinsicsKt.intercepted(caller).resumeWith(ResultKt.createFailure(ex));
			return IntrinsicsKt.getCOROUTINE_SUSPENDED();
		}
	}

	/**
	 * Calls a suspend function for a future, which cancels it when it is cancelled.
	 * @param context where it runs; its job is not that of the function
	 */
	public static CompletableFuture<@Nullable Object> start(Body body, Object target, @Nullable Object[] given,
			CoroutineContext context) {
		return FutureKt.future(CoroutineScopeKt.CoroutineScope(context.minusKey(kotlinx.coroutines.Job.Key)),
				kotlin.coroutines.EmptyCoroutineContext.INSTANCE, CoroutineStart.UNDISPATCHED,
				(scope, continuation) -> {
					@Nullable Object[] all = Arrays.copyOf(given, given.length + 1);
					all[given.length] = continuation;
					return invoke(body, target, all);
				});
	}

	/** As Kotlin would: it knows no checked exceptions. */
	private static @Nullable Object invoke(Body body, Object target, @Nullable Object[] all) {
		try {
			return body.invoke(target, all);
		}
		catch (Throwable ex) {
			ResultKt.throwOnFailure(ResultKt.createFailure(ex));
			throw new AssertionError(ex);
		}
	}

	/** A body that returns futures and Fluxes where Kotlin suspends or has a Flow. */
	public static Body inJava(Method method, Body body) {
		MethodShape shape = new MethodShape(method);
		if (shape.isSuspending()) {
			return (target, arguments) -> start(body, target, (arguments != null) ? arguments : new Object[0],
					Dispatchers.getUnconfined());
		}
		return shape.isFlow() ? (target, arguments) -> OfReactor.flux(body.invoke(target, arguments)) : body;
	}

	/** A Flow of a Flux; each collector is a subscriber. */
	public static Object flow(@Nullable Object flux) {
		return OfReactor.flow(flux);
	}

	/** Loaded only where Reactor is. <em>Stateless</em>. */
	private static final class OfReactor {

		public static @Nullable ContextView carried(CoroutineContext context) {
			ReactorContext carried = context.get(ReactorContext.Key);
			return (carried != null) ? carried.getContext() : null;
		}

		public static Object flow(@Nullable Object flux) {
			return ReactiveFlowKt.asFlow((Publisher<?>) Objects.requireNonNull(flux));
		}

		static Object flux(@Nullable Object flow) {
			return ReactorFlowKt.asFlux((Flow<?>) MethodFallback.required(flow));
		}

	}

}
