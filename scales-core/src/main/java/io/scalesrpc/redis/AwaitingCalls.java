package io.scalesrpc.redis;

import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.WaitingCalls;
import io.scalesrpc.protocol.ProtocolEnvironment;
import io.scalesrpc.time.Timer.Timeout;

/**
 * Calls that wait until it is known who the primary is, or their time is up; shortly
 * before that they end with the reason why nobody is. <em>Confined to the serial executor
 * of its destination</em>, but for {@link #size()}.
 */
final class AwaitingCalls {

	private static final int MAX_WAITING = 1024;

	/** How long before its deadline a call learns that there was no primary. */
	private static final Duration MARGIN = Duration.ofMillis(5);

	private final WaitingCalls waiting;

	private final Executor serial;

	private final ProtocolEnvironment environment;

	private final Supplier<Failure> problem;

	/**
	 * Creates a queue that is empty.
	 * @param serial the destination's serial executor
	 * @param environment tells the time
	 * @param problem why there is no primary now
	 */
	AwaitingCalls(Executor serial, ProtocolEnvironment environment, Supplier<Failure> problem) {
		this.waiting = new WaitingCalls(serial, "the primary", MAX_WAITING);
		this.serial = serial;
		this.environment = environment;
		this.problem = problem;
	}

	int size() {
		return this.waiting.size();
	}

	boolean isEmpty() {
		return this.waiting.isEmpty();
	}

	/** Lets a call wait for the first time. */
	void add(Call call) {
		long left = call.deadline().remainingNanos(this.environment.ticker().nanos()) - MARGIN.toNanos();
		if (left <= 0) {
			giveUp(call);
			return;
		}
		try {
			Timeout timeout = this.environment.timer()
				.schedule(() -> this.serial.execute(() -> giveUpIfWaiting(call)), left, TimeUnit.NANOSECONDS);
			call.onOutcome((ended, outcome) -> timeout.cancel());
			this.waiting.add(call);
		}
		catch (IllegalStateException ex) {
			giveUp(call);
		}
	}

	/** Lets a call wait on. */
	void keep(Call call) {
		if (!call.isEnded()) {
			this.waiting.add(call);
		}
	}

	/** The waiting is over, or goes on for those that are kept. */
	void end(Consumer<Call> fate) {
		this.waiting.end(fate);
	}

	/** It may be with a server meanwhile. */
	private void giveUpIfWaiting(Call call) {
		if (this.waiting.contains(call)) {
			giveUp(call);
		}
	}

	/** Another attempt may have time left that this one has not. */
	private void giveUp(Call call) {
		Failure why = this.problem.get();
		boolean last = call.deadline().expiryNanos() == call.totalDeadline().expiryNanos();
		call.end(last ? why.withoutRetry() : Failure.of(FailureKind.NOT_SENT, why.reason()));
	}

}
