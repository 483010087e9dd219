package io.scalesrpc.client;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The stage that knows every call that has not ended, wherever below it waits: in a
 * connection, in a queue, between attempts, in a user's stage. So closing can end them
 * all. <em>Thread-safe</em>.
 */
final class InFlight implements CallFilter, Observer {

	private final Set<Call> calls = ConcurrentHashMap.newKeySet();

	/** Null while the client is open; completes when there is no call left. */
	private final AtomicReference<@Nullable CompletableFuture<Void>> drained = new AtomicReference<>();

	@Override
	public void filter(Call call, Sink next) {
		this.calls.add(call);
		call.onOutcome(this);
		// Looked at after the call can be seen: either closing finds it or this does.
		if (this.drained.get() != null) {
			call.end(Failure.of(FailureKind.NOT_SENT, "client is closed"));
			return;
		}
		next.dispatch(call);
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		this.calls.remove(call);
		CompletableFuture<Void> waited = this.drained.get();
		if (waited != null && this.calls.isEmpty()) {
			waited.complete(null);
		}
	}

	int count() {
		return this.calls.size();
	}

	boolean isClosed() {
		return this.drained.get() != null;
	}

	/**
	 * Refuses calls from now on and waits for those in flight.
	 * @param grace how long they may take; what is left then is ended
	 * @param timer wakes it then
	 * @return completes when no call is left, on any thread
	 */
	CompletionStage<Void> close(Duration grace, Timer timer) {
		CompletableFuture<Void> mine = new CompletableFuture<>();
		CompletableFuture<Void> earlier = this.drained.compareAndExchange(null, mine);
		CompletableFuture<Void> waited = (earlier != null) ? earlier : mine;
		if (grace.isZero() || this.calls.isEmpty()) {
			endAll(waited);
		}
		else {
			endAllAfter(grace, timer, waited);
		}
		return waited;
	}

	private void endAllAfter(Duration grace, Timer timer, CompletableFuture<Void> waited) {
		Timer.Timeout timeout = timer.schedule(() -> endAll(waited), grace.toNanos(), TimeUnit.NANOSECONDS);
		waited.thenRun(timeout::cancel);
	}

	/** A call that comes at the same moment is refused by the stage itself. */
	private void endAll(CompletableFuture<Void> waited) {
		this.calls.forEach((call) -> call.end(Failure.of(FailureKind.CANCELLED, "client is closed")));
		if (this.calls.isEmpty()) {
			waited.complete(null);
		}
	}

}
