package io.scalesrpc.chaos;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;

/**
 * The attempts of one client that are held back; each leaves when its time has come or
 * when it ends, whichever comes first. There is a limit to their number.
 * <em>Thread-safe</em>.
 */
final class HeldCalls {

	/** Attempts that may be held back at once. */
	static final int MAX = 10_000;

	private final Timer timer;

	private final AtomicInteger count = new AtomicInteger();

	HeldCalls(Timer timer) {
		this.timer = timer;
	}

	/**
	 * Holds an attempt back, or ends it if that is not possible.
	 * @param call the attempt
	 * @param nanos for how long
	 * @param goOn what to do then, unless it has ended
	 * @return whether it is held back
	 */
	boolean tryHold(Call call, long nanos, Runnable goOn) {
		if (this.count.incrementAndGet() > MAX) {
			this.count.decrementAndGet();
			call.end(Failure.of(FailureKind.NOT_SENT,
					"calls held back by chaos: " + MAX + " (expected: fewer than " + MAX + ")"));
			return false;
		}
		AtomicBoolean left = new AtomicBoolean();
		try {
			Timeout timeout = this.timer.schedule(() -> leave(left, goOn), nanos, TimeUnit.NANOSECONDS);
			call.onOutcome((ended, outcome) -> leave(left, timeout::cancel));
			return true;
		}
		catch (IllegalStateException ex) {
			this.count.decrementAndGet();
			call.end(Failure.of(FailureKind.NOT_SENT, "the timer is closed"));
			return false;
		}
	}

	int count() {
		return this.count.get();
	}

	private void leave(AtomicBoolean left, Runnable then) {
		if (left.compareAndSet(false, true)) {
			this.count.decrementAndGet();
			then.run();
		}
	}

}
