package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
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
		call.onOutcome(waiter);
		this.method.dispatch(call);
		Outcome outcome = waiter.await(call);
		if (outcome instanceof Failure failure) {
			throw this.method.exceptionForWaiter(call, failure);
		}
		return value(call, (Reply) outcome);
	}

	/** A null would come out of the proxy as a bare NullPointerException. */
	private @Nullable Object value(Call call, Reply reply) {
		Class<?> type = this.method.java().getReturnType();
		if (reply.value() == null && type.isPrimitive() && type != void.class) {
			Failure failure = Failure.of(FailureKind.BUG, "no value in the answer (expected: " + type + ")");
			throw this.method.starter().exception(call, failure, true);
		}
		return reply.value();
	}

	private IllegalStateException refused() {
		return new IllegalStateException("[" + this.method.starter().client() + "] " + this.method.java().getName()
				+ ": blocking call on " + Thread.currentThread().getName()
				+ ", which would hold up every call that this thread answers, its own included"
				+ " (expected: a method that returns CompletableFuture or Mono, or another thread;"
				+ " the callbacks of futures run on another one unless callbacks is EVENT_LOOP)");
	}

}
