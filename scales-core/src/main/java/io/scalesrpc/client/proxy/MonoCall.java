package io.scalesrpc.client.proxy;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.StreamingReply;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * The call of one subscription to a Mono. Who cancels the subscription ends the call.
 * <em>Thread-safe</em>.
 */
final class MonoCall implements Observer, Runnable {

	private final RemoteMethod method;

	private final Call call;

	private final MonoSink<Object> sink;

	private volatile boolean cancelled;

	/** The thread that is dispatching, as far as that thread itself can see. */
	private @Nullable Thread dispatching;

	/** Whether the call ended before its dispatch returned; seen by that thread only. */
	private boolean endedHere;

	MonoCall(RemoteMethod method, Call call, MonoSink<Object> sink) {
		this.method = method;
		this.call = call;
		this.sink = sink;
	}

	void start() {
		this.dispatching = Thread.currentThread();
		this.call.caller(this);
		this.sink.onCancel(this::cancel);
		// What the subscriber carries need not be on the thread that subscribes.
		CallScope.Restored restored = this.call.restore();
		try {
			this.method.dispatchAsync(this.call);
		}
		finally {
			restored.close();
		}
		this.dispatching = null;
		if (this.endedHere) {
			this.method.delivery().deliverToCaller(this);
		}
	}

	private void cancel() {
		this.cancelled = true;
		this.call.end(Failure.of(FailureKind.CANCELLED, "subscription cancelled"));
	}

	@Override
	public void ended(Call ended, Outcome outcome) {
		if (this.cancelled) {
			StreamingReply.giveUp(outcome);
		}
		else if (this.dispatching == Thread.currentThread()) {
			this.endedHere = true;
		}
		else {
			this.method.delivery().deliver(this);
		}
	}

	private void deliver(Reply reply) {
		if (this.cancelled) {
			StreamingReply.giveUp(reply);
		}
		else {
			this.sink.success(reply.value());
		}
	}

	@Override
	public void run() {
		CallScope.Restored restored = this.call.restore();
		try {
			signal();
		}
		finally {
			restored.close();
		}
	}

	/** Signals the outcome; Reactor would log an error that nobody waits for. */
	private void signal() {
		if (this.call.outcome() instanceof Reply reply) {
			deliver(reply);
		}
		else if (this.call.outcome() instanceof Failure failure && !this.cancelled) {
			this.sink.error(this.method.exceptionForFuture(this.call, failure));
		}
	}

}
