package io.scalesrpc.client.proxy;

import java.lang.reflect.Method;
import java.util.OptionalLong;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Caller;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.client.delivery.Delivery;
import io.scalesrpc.client.fallback.MethodFallback;
import io.scalesrpc.protocol.OptionsParameter;
import io.scalesrpc.protocol.RoutingParameter;
import org.jspecify.annotations.Nullable;

/**
 * A Java method that is bound to a remote one. <em>Immutable</em>.
 *
 * @param java the method of the interface
 * @param options where callers say how a call is to be treated, if the method has that
 * @param routing where the key is that decides whom a call goes to, if anybody reads it
 * @param bound the method it calls
 * @param starter the client
 * @param delivery where futures of it complete
 * @param fallback what answers calls that failed, if anything does
 */
record RemoteMethod(Method java, OptionsParameter options, RoutingParameter routing, BoundMethod bound,
		CallStarter starter, Delivery delivery, @Nullable MethodFallback fallback) {

	/** What a parameter said. */
	private static final CallOptions.Key<CallOptions> SAID = new CallOptions.Key<>("said", CallOptions.NONE);

	/** A method with the places of what is special among its parameters. */
	RemoteMethod(Method java, BoundMethod bound, CallStarter starter, Delivery delivery,
			@Nullable MethodFallback fallback) {
		this(java, OptionsParameter.of(java), bound.routing(java), bound, starter, delivery, fallback);
	}

	/** A call for the request that this thread is serving, if any. */
	Call newCall(@Nullable Object @Nullable [] arguments) {
		Caller caller = Caller.current();
		CallScope scope = this.starter.scopes().capture(null);
		Said said = said(caller.options(), arguments);
		return newCall(others(arguments), caller.request(), scope, said);
	}

	/** A call of arguments alone. */
	Call newCall(@Nullable Object @Nullable [] arguments, @Nullable InboundRequest request, @Nullable CallScope scope,
			Said said) {
		OptionalLong key = this.routing.hash(arguments);
		if (said.isNothing() && key.isEmpty()) {
			return this.starter.newCall(this.bound, arguments, request, scope);
		}
		CallOptions all = !said.own().isEmpty() ? said.all().with(SAID, said.own()) : said.all();
		return this.starter.newCall(this.bound, arguments, request, scope, routed(all, key));
	}

	/** What a caller says comes before what an argument is. */
	private static CallOptions routed(CallOptions said, OptionalLong key) {
		return (key.isPresent() && !said.has(RoutingHash.KEY)) ? said.with(RoutingHash.KEY, key) : said;
	}

	/** What a caller says. */
	Said said(CallOptions around, @Nullable Object @Nullable [] arguments) {
		return Said.of(around,
				(this.options.isThere() && arguments != null) ? this.options.options(arguments) : CallOptions.NONE);
	}

	/** The arguments alone. */
	@Nullable Object @Nullable [] others(@Nullable Object @Nullable [] arguments) {
		return (arguments != null) ? this.options.without(arguments) : null;
	}

	/** What the method was given, for who stands in for it. */
	@Nullable Object[] argumentsOf(Call call) {
		return this.options.isThere() ? this.options.with(call.arguments(), call.options().get(SAID))
				: call.arguments();
	}

	void dispatch(Call call) {
		Failure refusal = this.options.isThere() ? this.bound.refusal(call.options().get(SAID)) : null;
		if (refusal != null) {
			call.end(refusal);
		}
		this.starter.stack().dispatch(call);
	}

	/**
	 * Sends a call that nobody waits for on a thread, unless there is no room for its
	 * completion: then it is refused, and still goes down the stack to be counted.
	 */
	void dispatchAsync(Call call) {
		Failure refusal = this.delivery.refusal();
		if (refusal != null) {
			call.end(refusal);
		}
		dispatch(call);
	}

	/** What answers in place of a call that failed like this, if anything does. */
	@Nullable MethodFallback fallbackFor(Failure failure) {
		return (this.fallback != null && this.fallback.standsInFor(failure)) ? this.fallback : null;
	}

	/**
	 * The exception for a caller who waits on this thread: with the stack of this thread.
	 */
	Throwable exceptionForWaiter(Call call, Failure failure) {
		Throwable declared = failure.cause();
		if (failure.kind() != FailureKind.DECLARED || declared == null) {
			return this.starter.exception(call, failure, true);
		}
		if (mayThrow(declared)) {
			return DeclaredExceptions.copyForThisThread(declared);
		}
		return this.starter.exception(call, undeclared(declared), true);
	}

	/**
	 * The exception for a future: without a stack, since that of the event loop tells
	 * nobody anything; {@code join()} and {@code get()} add the caller's.
	 */
	Throwable exceptionForFuture(Call call, Failure failure) {
		Throwable declared = failure.cause();
		return (failure.kind() == FailureKind.DECLARED && declared != null) ? declared
				: this.starter.exception(call, failure, false);
	}

	/** An undeclared checked exception would come out of a proxy without its text. */
	private boolean mayThrow(Throwable exception) {
		if (exception instanceof RuntimeException || exception instanceof Error) {
			return true;
		}
		for (Class<?> type : this.java.getExceptionTypes()) {
			if (type.isInstance(exception)) {
				return true;
			}
		}
		return false;
	}

	private Failure undeclared(Throwable exception) {
		return Failure.of(FailureKind.DECLARED, exception + ", which the method does not declare (expected: throws "
				+ exception.getClass().getName() + ")", exception);
	}

}
