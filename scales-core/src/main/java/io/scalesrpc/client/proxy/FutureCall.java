package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.call.StreamingReply;
import io.scalesrpc.client.fallback.MethodFallback;
import io.scalesrpc.client.fallback.OwnedFuture;
import org.jspecify.annotations.Nullable;

/**
 * The future of a call. Whoever completes it from outside ends the call, and the server
 * is told to discard it. <em>Thread-safe</em>.
 */
final class FutureCall extends OwnedFuture implements Observer, Runnable {

	private final RemoteMethod method;

	private final Call call;

	/** What stands for no value. */
	private final @Nullable Object nothing;

	/** The thread that is dispatching, as far as that thread itself can see. */
	private @Nullable Thread dispatching;

	/** Whether the call ended before its dispatch returned; seen by that thread only. */
	private boolean endedHere;

	/** Why the call failed; written before the hand-over. */
	private @Nullable Throwable exception;

	/** What answers instead, if anything does; written before the hand-over. */
	private @Nullable MethodFallback fallback;

	FutureCall(RemoteMethod method, Call call) {
		this(method, call, null);
	}

	FutureCall(RemoteMethod method, Call call, @Nullable Object nothing) {
		this.method = method;
		this.call = call;
		this.nothing = nothing;
	}

	FutureCall start() {
		this.dispatching = Thread.currentThread();
		this.call.caller(this);
		this.method.dispatchAsync(this.call);
		this.dispatching = null;
		Outcome outcome = this.call.outcome();
		if (this.endedHere && outcome != null) {
			note(outcome);
			if (this.fallback == null) {
				// Nothing hangs on the future yet: a hand-over would only cost time.
				complete();
			}
			else {
				this.method.delivery().deliverToCaller(this);
			}
		}
		return this;
	}

	@Override
	public void ended(Call ended, Outcome outcome) {
		if (this.dispatching == Thread.currentThread()) {
			this.endedHere = true;
		}
		else if (!isDone()) {
			note(outcome);
			this.method.delivery().deliver(this);
		}
		else {
			StreamingReply.giveUp(outcome);
		}
	}

	private void note(Outcome outcome) {
		if (outcome instanceof Failure failure) {
			this.fallback = this.method.fallbackFor(failure);
			this.exception = this.method.exceptionForFuture(this.call, failure);
		}
	}

	@Override
	public void run() {
		CallScope.Restored restored = this.call.restore();
		try {
			complete();
		}
		finally {
			restored.close();
		}
	}

	/** Completes the future with the outcome of its call. */
	private void complete() {
		if (this.fallback != null && this.exception instanceof ScalesException cause) {
			if (!isDone()) {
				this.fallback.answer(this.method.argumentsOf(this.call), cause, this);
			}
		}
		else if (this.exception != null) {
			settle(null, this.exception);
		}
		else if (this.call.outcome() instanceof Reply reply) {
			Object value = reply.value();
			if (!settle((value != null) ? value : this.nothing, null)) {
				StreamingReply.giveUp(reply);
			}
		}
	}

	@Override
	protected void abandon(String reason) {
		this.call.end(Failure.of(FailureKind.CANCELLED, reason));
	}

}
