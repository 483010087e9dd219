package io.scalesrpc.hedging;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallEvent;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * The one or two attempts of a hedged call: the observer of both, and the task that sends
 * the second. The first answer is the call's; a failure is the call's when no other
 * attempt is running. The attempt that lost ends with the call, as superseded.
 * <em>Thread-safe</em>.
 */
final class Hedge implements Observer, Runnable {

	/** How Finagle's servers, and those they call, tell a second attempt. */
	static final String CONTEXT = "com.twitter.finagle.BackupRequest";

	private static final byte[] NOTHING = new byte[0];

	private static final AtomicIntegerFieldUpdater<Hedge> RUNNING = AtomicIntegerFieldUpdater.newUpdater(Hedge.class,
			"running");

	private final HedgedMethod method;

	private final Call call;

	private final Sink next;

	private final Call first;

	private final long sent;

	private volatile Timer.@Nullable Timeout timeout;

	/** A failure after which a server may have done the work. */
	private volatile @Nullable Outcome failure;

	/** Attempts that were sent and have not failed. */
	@SuppressWarnings("UnusedVariable") // read and written through RUNNING
	private volatile int running = 1;

	Hedge(HedgedMethod method, Call call, Sink next) {
		this.method = method;
		this.call = call;
		this.next = next;
		this.first = call.attempt(call.deadline());
		this.sent = method.begin();
	}

	void start() {
		// Before it is sent, so that this is told last: when it ends the call, and with
		// it the other attempt, this one's load has been taken back.
		this.first.onOutcome(this);
		this.next.dispatch(this.first);
		if (!this.first.isEnded()) {
			this.timeout = this.method.schedule(this, this.sent, this.call.deadline().remainingNanos(this.sent));
			if (this.first.isEnded()) {
				callOff();
			}
		}
	}

	/** Sends the second attempt. */
	@Override
	public void run() {
		if (!isInTime()) {
			return;
		}
		if (!this.method.pay()) {
			this.call.happened(CallEvent.HEDGE_REFUSED, "a budget is spent");
			return;
		}
		if (!RUNNING.compareAndSet(this, 1, 2)) {
			// The first failed this very moment.
			this.method.giveBack();
			return;
		}
		Call second = this.call.attempt(this.call.deadline());
		Context context = second.context();
		second.context(context.with(CONTEXT, NOTHING));
		second.onOutcome(this);
		if (!second.isEnded()) {
			this.method.countSent();
			this.call.happened(CallEvent.HEDGE, "the first attempt takes long");
			CallScope.Restored restored = this.call.restore();
			try {
				this.next.dispatch(second);
			}
			finally {
				restored.close();
			}
		}
		else {
			this.method.giveBack();
		}
	}

	private boolean isInTime() {
		return !this.first.isEnded() && !this.call.deadline().isExpired(this.method.now());
	}

	@Override
	public void ended(Call attempt, Outcome outcome) {
		boolean isFirst = attempt.equals(this.first);
		if (isFirst) {
			callOff();
			learn(outcome);
		}
		if (!outcome.answered()) {
			failed(attempt, outcome);
		}
		else if (this.call.endWith(attempt, outcome) && !isFirst) {
			this.method.countWon();
		}
	}

	private void failed(Call attempt, Outcome outcome) {
		boolean unprocessed = outcome instanceof Failure now && now.kind() == FailureKind.NOT_SENT;
		if (!unprocessed) {
			this.failure = outcome;
		}
		if (RUNNING.decrementAndGet(this) == 0) {
			// That nothing was processed is true only if it is of both.
			Outcome whole = this.failure;
			this.call.endWith(attempt, (whole != null) ? whole : outcome);
		}
	}

	private void callOff() {
		Timer.Timeout scheduled = this.timeout;
		if (scheduled != null) {
			scheduled.cancel();
		}
	}

	/**
	 * An attempt that was given up, because time was up or the other one was answered,
	 * would have taken longer still. Left out it would make the percentile too low, and
	 * that would make for more second attempts.
	 */
	private void learn(Outcome outcome) {
		Outcome whole = this.call.outcome();
		boolean superseded = whole != null && whole.answered();
		boolean late = outcome instanceof Failure now && now.kind() == FailureKind.TIMEOUT;
		if (outcome.answered() || superseded || late) {
			this.method.learn(this.method.now() - this.sent);
		}
	}

}
