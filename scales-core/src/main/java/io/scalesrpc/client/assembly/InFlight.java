package io.scalesrpc.client.assembly;

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
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.StageObserver;
import io.scalesrpc.call.StreamingReply;
import io.scalesrpc.time.Timer;
import io.scalesrpc.timeout.RunningCalls;
import org.jspecify.annotations.Nullable;

/**
 * The stage that knows every call that has not ended, wherever below it waits: in a
 * connection, in a queue, between attempts, in a user's stage, and every answer that is
 * still being read. So closing can end them all. <em>Thread-safe</em>.
 */
public final class InFlight extends StageObserver implements CallFilter {

	private final RunningCalls calls;

	/** Answers that are still being read, though their calls have ended. */
	private final Set<StreamingReply> answers = ConcurrentHashMap.newKeySet();

	/** Null while the client is open; completes when there is no call left. */
	private final AtomicReference<@Nullable CompletableFuture<Void>> drained = new AtomicReference<>();

	/**
	 * Creates the stage of one client.
	 * @param calls takes its calls
	 */
	public InFlight(RunningCalls calls) {
		this.calls = calls;
	}

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
		if (outcome instanceof Reply reply && reply.value() instanceof StreamingReply answer && !answer.isOver()) {
			this.answers.add(answer);
			answer.onOver(() -> over(answer));
		}
		this.calls.remove(call);
		completeIfDrained();
	}

	private void over(StreamingReply answer) {
		this.answers.remove(answer);
		completeIfDrained();
	}

	private void completeIfDrained() {
		CompletableFuture<Void> waited = this.drained.get();
		if (waited != null && isEmpty()) {
			waited.complete(null);
		}
	}

	private boolean isEmpty() {
		return this.calls.isEmpty() && this.answers.isEmpty();
	}

	public int count() {
		return this.calls.count();
	}

	public boolean isClosed() {
		return this.drained.get() != null;
	}

	/**
	 * Refuses calls from now on and waits for those in flight and for answers that are
	 * still being read.
	 * @param grace how long they may take; what is left then is ended
	 * @param timer wakes it then
	 * @return completes when no call is left, on any thread
	 */
	public CompletionStage<Void> close(Duration grace, Timer timer) {
		CompletableFuture<Void> mine = new CompletableFuture<>();
		CompletableFuture<Void> earlier = this.drained.compareAndExchange(null, mine);
		CompletableFuture<Void> waited = (earlier != null) ? earlier : mine;
		if (grace.isZero() || isEmpty()) {
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
		this.calls.stop();
		this.answers.forEach((answer) -> answer.giveUp("client is closed"));
		if (isEmpty()) {
			waited.complete(null);
		}
	}

}
