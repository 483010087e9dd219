package io.scalesrpc.retry;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallScope;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;

/**
 * The attempts of one call, one after the other: observes each, and makes its outcome the
 * call's or has the next one sent. <em>Thread-safe</em>.
 */
final class Attempts implements Observer {

	private static final AtomicIntegerFieldUpdater<Attempts> DUE = AtomicIntegerFieldUpdater.newUpdater(Attempts.class,
			"due");

	private final RetryFilter filter;

	private final Call call;

	private final Sink next;

	/**
	 * Attempts that are due or being sent: 2 if one has failed before it was sent. Nobody
	 * else knows of these attempts before the first is sent.
	 */
	@SuppressWarnings("UnusedVariable") // read and written through DUE
	private volatile int due;

	/** Written by whoever sends, before the attempt that may fail is there. */
	private int made;

	Attempts(RetryFilter filter, Call call, Sink next) {
		this.filter = filter;
		this.call = call;
		this.next = next;
		DUE.lazySet(this, 1);
	}

	Call call() {
		return this.call;
	}

	/** How many were sent, of hedging's other attempts at the same call, too. */
	int made() {
		return Math.max(this.made, this.call.attempts());
	}

	/** How many of these failed, when one has: hedging's do not lengthen the wait. */
	int failed() {
		return this.made;
	}

	/**
	 * Sends another attempt. When one fails while it is being sent, the thread that sends
	 * it sends the next one too, after it has come back: nothing nests, however many
	 * attempts fail at once.
	 */
	void sendAgain() {
		if (DUE.getAndIncrement(this) == 0) {
			// Not on the caller's thread any more.
			CallScope.Restored restored = this.call.restore();
			try {
				sendAllDue();
			}
			finally {
				restored.close();
			}
		}
	}

	/** Sends the first attempt, and those that are due when it has been sent. */
	void sendAllDue() {
		do {
			this.made++;
			this.filter.send(this.call, this.next, this);
		}
		while (DUE.decrementAndGet(this) > 0);
	}

	/**
	 * Sends an attempt later, unless the call ends before.
	 * @param nanos how long to wait
	 * @param timer wakes it
	 * @param last how the call ends if there is no timer any more
	 */
	void sendAfter(long nanos, Timer timer, Failure last) {
		try {
			Timeout wait = timer.schedule(this::sendUnlessEnded, nanos, TimeUnit.NANOSECONDS);
			this.call.onOutcome((ended, outcome) -> wait.cancel());
		}
		catch (IllegalStateException ex) {
			this.call.end(last);
		}
	}

	private void sendUnlessEnded() {
		if (!this.call.isEnded()) {
			sendAgain();
		}
	}

	@Override
	public void ended(Call attempt, Outcome outcome) {
		this.filter.ended(this, attempt, outcome);
	}

}
