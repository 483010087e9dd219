package io.scalesrpc.client.proxy;

import java.lang.reflect.Method;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InboundRequest;
import org.jspecify.annotations.Nullable;

/**
 * A Java method that is bound to a remote one. <em>Immutable</em>.
 *
 * @param java the method of the interface
 * @param bound the method it calls
 * @param starter the client
 * @param delivery where futures of it complete
 * @param fallback what answers calls that failed, if anything does
 */
record RemoteMethod(Method java, BoundMethod bound, CallStarter starter, Delivery delivery,
		@Nullable MethodFallback fallback) {

	/** A call for the request that this thread is serving, if any. */
	Call newCall(@Nullable Object @Nullable [] arguments) {
		return this.starter.newCall(this.bound, arguments, InboundRequest.current(),
				this.starter.scopes().capture(null));
	}

	/** A call for what a subscriber carries, and beside that for what this thread has. */
	Call newCall(@Nullable Object @Nullable [] arguments, @Nullable InboundRequest request, @Nullable Object carrier) {
		return this.starter.newCall(this.bound, arguments, request, this.starter.scopes().capture(carrier));
	}

	void dispatch(Call call) {
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
