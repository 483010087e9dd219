package io.scalesrpc.redis.protocol;

import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.waiting.WaitingCalls;

/**
 * Calls that wait until it is known who the primary is, or their time is up: then they
 * end with the reason why nobody is. <em>Confined to the serial executor of its
 * destination</em>, but for {@link #size()}.
 */
final class AwaitingCalls {

	private static final int MAX_WAITING = 1024;

	private final WaitingCalls waiting;

	private final Supplier<Failure> problem;

	/**
	 * Creates a queue that is empty.
	 * @param serial the destination's serial executor
	 * @param problem why there is no primary now; asked on any thread
	 */
	AwaitingCalls(Executor serial, Supplier<Failure> problem) {
		this.waiting = new WaitingCalls(serial, "the primary", MAX_WAITING);
		this.problem = problem;
	}

	int size() {
		return this.waiting.size();
	}

	boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	/** Lets a call wait, unless it has ended. */
	void add(Call call) {
		if (!call.isEnded()) {
			this.waiting.add(call, this::giveUp);
		}
	}

	/** The waiting is over, or goes on for those that are kept. */
	void end(Consumer<Call> fate) {
		this.waiting.end(fate);
	}

	/** On any thread. Another attempt may have time left that this one has not. */
	private void giveUp(Call call) {
		Failure why = this.problem.get();
		boolean last = call.deadline().expiryNanos() == call.totalDeadline().expiryNanos();
		call.end(last ? why.withoutRetry() : Failure.of(FailureKind.NOT_SENT, why.reason()));
	}

}
