package io.scalesrpc.timeout;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.OwnObserver;
import io.scalesrpc.call.Sink;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Ends a call as {@link FailureKind#TIMEOUT} when its deadline passes: at the deadline at
 * the earliest, one tick of the timer later at the latest. A call that is over on arrival
 * is not sent, nor is one whose timer is closed. <em>Thread-safe</em>.
 */
public final class DeadlineFilter implements CallFilter {

	private static final int DIGITS_FROM_NANOS_TO_MILLIS = 6;

	private static final int DIGITS_TO_READ = 3;

	private final Timer timer;

	private final Ticker ticker;

	/** The calls of one client, but for those that others make on its behalf. */
	private final @Nullable RunningCalls running;

	/**
	 * Creates a filter; one serves any number of clients.
	 * @param timer wakes the filter when a deadline passes
	 * @param ticker the clock of the deadlines
	 */
	public DeadlineFilter(Timer timer, Ticker ticker) {
		this(timer, ticker, null);
	}

	/**
	 * Creates the filter of one client.
	 * @param timer wakes the filter when a deadline passes
	 * @param ticker the clock of the deadlines
	 * @param running has the calls of the client, which share a timeout; others have one
	 * each
	 */
	public DeadlineFilter(Timer timer, Ticker ticker, @Nullable RunningCalls running) {
		this.timer = timer;
		this.ticker = ticker;
		this.running = running;
	}

	@Override
	public void filter(Call call, Sink next) {
		if (isAwaited(call) || endsLater(call)) {
			next.dispatch(call);
		}
	}

	/**
	 * Whether the end of the call is seen to without a look at the clock: an earlier
	 * deadline is waited for, so that this one has not passed either, but for the tick by
	 * which a timer is late. Only that of the request being served may have passed before
	 * the call was made.
	 */
	private boolean isAwaited(Call call) {
		return this.running != null && call.place() > 0 && call.deadline().timeoutNanos() > 0
				&& this.running.awaits(call);
	}

	private boolean endsLater(Call call) {
		Deadline deadline = call.deadline();
		long now = this.ticker.nanos();
		if (deadline.isExpired(now)) {
			call.end(notSent(deadline));
			return false;
		}
		return endsLater(call, now);
	}

	private boolean endsLater(Call call, long now) {
		try {
			if (this.running != null && call.place() > 0) {
				this.running.expires(call, now);
			}
			else {
				Expiry expiry = new Expiry(call);
				expiry.timeout = this.timer.schedule(expiry, call.deadline().remainingNanos(now), TimeUnit.NANOSECONDS);
				call.onOutcome(expiry);
			}
			return true;
		}
		catch (IllegalStateException ex) {
			// Without a timer the call might never end.
			call.end(Failure.of(FailureKind.NOT_SENT, "the timer is closed"));
			return false;
		}
	}

	/** A call that was not sent says why; nobody can say so of one that was. */
	static void expire(Call call, Supplier<String> problem) {
		call.expired();
		if (!call.isEnded()) {
			call.end(noAnswer(call.deadline(), text(problem)));
		}
	}

	/** A call ends by its deadline, whatever else is wrong. */
	private static String text(Supplier<String> problem) {
		try {
			return problem.get();
		}
		catch (Throwable ex) {
			return "";
		}
	}

	/**
	 * How a call ends whose deadline passed while it waited.
	 * @param deadline the call's deadline
	 * @return the failure
	 */
	public static Failure noAnswer(Deadline deadline) {
		return noAnswer(deadline, "");
	}

	private static Failure noAnswer(Deadline deadline, String problem) {
		return Failure.of(FailureKind.TIMEOUT,
				"no answer within " + text(deadline)
						+ (deadline.inherited() ? ", all that the request being served had left" : "")
						+ (problem.isEmpty() ? "" : "; " + problem));
	}

	/**
	 * How a call ends whose deadline had passed before it was sent.
	 * @param deadline the call's deadline
	 * @return the failure
	 */
	public static Failure notSent(Deadline deadline) {
		return Failure.of(FailureKind.TIMEOUT, "not sent: the deadline of "
				+ (deadline.inherited() ? "the request being served" : text(deadline)) + " had passed");
	}

	private static String text(Deadline deadline) {
		BigDecimal millis = BigDecimal.valueOf(deadline.timeoutNanos(), DIGITS_FROM_NANOS_TO_MILLIS)
			.setScale(DIGITS_TO_READ, RoundingMode.DOWN);
		return millis.stripTrailingZeros().toPlainString() + " ms";
	}

	/**
	 * The timer's task, and its end when the call ends before: else the timer would hold
	 * the call, arguments and all, until long after the answer came.
	 * <em>Thread-safe</em>.
	 */
	private static final class Expiry extends OwnObserver implements Runnable {

		private final Call call;

		/** Written before this is registered with the call. */
		private @Nullable Timeout timeout;

		Expiry(Call call) {
			this.call = call;
		}

		@Override
		public void run() {
			expire(this.call, () -> "");
		}

		@Override
		public void ended(Call ended, Outcome outcome) {
			if (this.timeout != null) {
				this.timeout.cancel();
			}
		}

	}

}
