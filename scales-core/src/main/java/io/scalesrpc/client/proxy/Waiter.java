package io.scalesrpc.client.proxy;

import java.util.concurrent.locks.LockSupport;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;
import org.jspecify.annotations.Nullable;

/**
 * A thread that waits for the outcome of a call. It parks and holds no monitor, so that a
 * virtual thread gives its carrier away. <em>Thread-safe</em>.
 */
final class Waiter implements Observer {

	private final Thread thread;

	/**
	 * Set by the observer and not read from the call, so that a caller who goes on finds
	 * all that the other observers do already done.
	 */
	private volatile @Nullable Outcome outcome;

	Waiter(Thread thread) {
		this.thread = thread;
	}

	@Override
	public void ended(Call call, Outcome ended) {
		this.outcome = ended;
		if (this.thread != Thread.currentThread()) {
			LockSupport.unpark(this.thread);
		}
	}

	/**
	 * Waits. An interrupt ends the call, unless that ends otherwise at the same moment,
	 * and stays visible to whoever made the call.
	 */
	Outcome await(Call call) {
		boolean interrupted = false;
		Outcome seen = this.outcome;
		while (seen == null) {
			if (Thread.interrupted()) {
				interrupted = true;
				call.end(Failure.of(FailureKind.CANCELLED, "caller interrupted"));
			}
			else {
				LockSupport.park(call);
			}
			seen = this.outcome;
		}
		if (interrupted) {
			this.thread.interrupt();
		}
		return seen;
	}

}
