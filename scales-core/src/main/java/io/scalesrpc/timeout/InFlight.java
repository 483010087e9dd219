package io.scalesrpc.timeout;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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

	/** Null while the client is open; told when there is no call left. */
	private final AtomicReference<@Nullable Runnable> drained = new AtomicReference<>();

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
		tellIfDrained();
	}

	private void over(StreamingReply answer) {
		this.answers.remove(answer);
		tellIfDrained();
	}

	private void tellIfDrained() {
		Runnable told = this.drained.get();
		if (told != null && isEmpty()) {
			told.run();
		}
	}

	/**
	 * Whether nothing is left.
	 * @return {@code true} if there is no call and no answer that is still being read
	 */
	public boolean isEmpty() {
		return this.calls.isEmpty() && this.answers.isEmpty();
	}

	/**
	 * How many calls there are.
	 * @return zero or more
	 */
	public int count() {
		return this.calls.count();
	}

	/**
	 * Whether calls are refused.
	 * @return {@code true} once it was closed
	 */
	public boolean isClosed() {
		return this.drained.get() != null;
	}

	/**
	 * Refuses calls from now on.
	 * @param empty told when no call is left and no answer that is still being read, on
	 * any thread, and maybe again; that of whoever closes it first
	 */
	public void close(Runnable empty) {
		if (this.drained.compareAndSet(null, empty)) {
			tellIfDrained();
		}
	}

	/**
	 * Ends what is left. A call that comes at the same moment is refused by the stage
	 * itself.
	 */
	public void endAll() {
		this.calls.forEach((call) -> call.end(Failure.of(FailureKind.CANCELLED, "client is closed")));
		this.calls.stop();
		this.answers.forEach((answer) -> answer.giveUp("client is closed"));
		tellIfDrained();
	}

}
