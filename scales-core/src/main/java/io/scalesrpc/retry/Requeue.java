package io.scalesrpc.retry;

import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;

/**
 * The attempts of one call, one after the other: observes each, and makes its outcome the
 * call's or sends the next one. <em>Thread-safe</em>.
 */
final class Requeue implements Observer {

	private static final AtomicIntegerFieldUpdater<Requeue> DUE = AtomicIntegerFieldUpdater.newUpdater(Requeue.class,
			"due");

	private final RequeueFilter filter;

	private final Call call;

	private final Sink next;

	/** Attempts that are due or being sent: 2 if one has failed before it was sent. */
	@SuppressWarnings("UnusedVariable") // read and written through DUE
	private volatile int due;

	Requeue(RequeueFilter filter, Call call, Sink next) {
		this.filter = filter;
		this.call = call;
		this.next = next;
	}

	/**
	 * Sends an attempt. When one fails while it is being sent, the thread that sends it
	 * sends the next one too, after it has come back: nothing nests, however many
	 * attempts fail at once.
	 */
	void send() {
		if (DUE.getAndIncrement(this) == 0) {
			do {
				Call attempt = this.call.attempt(this.call.deadline());
				// Before it is sent, so that this is told last: when the next attempt is
				// chosen a member, this one's load has been taken back.
				attempt.onOutcome(this);
				this.next.dispatch(attempt);
			}
			while (DUE.decrementAndGet(this) > 0);
		}
	}

	@Override
	public void ended(Call attempt, Outcome outcome) {
		if (this.filter.allowsAnother(this.call, outcome)) {
			send();
		}
		else {
			this.call.end(outcome);
		}
	}

}
