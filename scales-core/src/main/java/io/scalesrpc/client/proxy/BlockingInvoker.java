package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.client.fallback.MethodFallback;
import io.scalesrpc.transport.EventLoops;
import org.jspecify.annotations.Nullable;

/**
 * A method that waits for its answer. <em>Immutable</em>.
 *
 * @param method what is called
 */
record BlockingInvoker(RemoteMethod method) implements Invoker {

	@Override
	public @Nullable Object invoke(Object proxy, @Nullable Object @Nullable [] arguments) throws Throwable {
		if (EventLoops.isCurrentThread()) {
			throw refused();
		}
		Call call = this.method.newCall(arguments);
		Waiter waiter = new Waiter(Thread.currentThread());
		call.caller(waiter);
		this.method.dispatch(call);
		Outcome outcome = waiter.await(call);
		Failure failure = failure(outcome);
		return (failure != null) ? withoutAnswer(call, failure) : ((Reply) outcome).value();
	}

	/** A null would come out of the proxy as a bare NullPointerException. */
	private @Nullable Failure failure(Outcome outcome) {
		if (outcome instanceof Failure failure) {
			return failure;
		}
		Class<?> type = this.method.java().getReturnType();
		boolean lacks = ((Reply) outcome).value() == null && type.isPrimitive() && type != void.class;
		return lacks ? Failure.of(FailureKind.INTERNAL, "no value in the answer (expected: " + type + ")") : null;
	}

	/** Who was interrupted is to stop, and not to go on with something else. */
	private @Nullable Object withoutAnswer(Call call, Failure failure) throws Throwable {
		MethodFallback fallback = this.method.fallbackFor(failure);
		if (fallback == null || Thread.currentThread().isInterrupted()) {
			throw this.method.exceptionForWaiter(call, failure);
		}
		return fallback.answer(this.method.argumentsOf(call), this.method.starter().exception(call, failure, true));
	}

	private IllegalStateException refused() {
		return new IllegalStateException("[" + this.method.starter().client() + "] " + this.method.java().getName()
				+ ": blocking call on " + Thread.currentThread().getName()
				+ ", which would hold up every call that this thread answers, its own included"
				+ " (expected: a method that returns CompletableFuture or Mono, or another thread;"
				+ " the callbacks of futures run on another one unless callbacks is EVENT_LOOP)");
	}

}
