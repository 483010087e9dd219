package io.scalesrpc.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallEvent;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.timeout.DeadlineFilter;

/**
 * Sends a call again that failed. At once when no server has processed it, which is safe
 * for every method (Finagle's {@code RequeueFilter}); after a wait when one may have and
 * the method is idempotent. Never past the deadline, never beyond the budget of the
 * client, never when a server asked not to. Where it gives up although it might have gone
 * on, it says so by {@link Failure#nonRetryable()}, so that nobody above begins anew: of
 * several layers of services only the lowest retries. <em>Thread-safe</em>.
 * <p>
 * Every attempt, the first one too, is a child of the call: a call ends once, so sending
 * the call itself would make a refusal its outcome. Beside the child a call costs one
 * {@link Attempts}, which observes all of them.
 */
@Internal
public final class RetryFilter implements CallFilter {

	private final RetryBudget budget;

	private final ClientMetrics metrics;

	private final Timer timer;

	private final Ticker ticker;

	private final RandomGenerator random;

	private final DeadlineFilter attemptTimeouts;

	/**
	 * Creates the filter of one client.
	 * @param budget bounds the retries of all calls together
	 * @param metrics counts retries, and those that were due and not made
	 * @param timer wakes calls that wait, and ends attempts that take too long
	 * @param ticker the clock of the deadlines
	 * @param random spreads the waits
	 */
	public RetryFilter(RetryBudget budget, ClientMetrics metrics, Timer timer, Ticker ticker, RandomGenerator random) {
		this.budget = budget;
		this.metrics = metrics;
		this.timer = timer;
		this.ticker = ticker;
		this.random = random;
		this.attemptTimeouts = new DeadlineFilter(timer, ticker);
	}

	@Override
	public void filter(Call call, Sink next) {
		if (!call.isEnded()) {
			new Attempts(this, call, next).sendAllDue();
		}
	}

	/** Makes an attempt and sends it. */
	void send(Call call, Sink next, Attempts attempts) {
		AttemptTimeout limit = call.options().get(AttemptTimeout.KEY);
		Deadline deadline = limit.isNone() ? call.deadline()
				: call.deadline().earlier(Deadline.after(limit.duration(), this.ticker.nanos()));
		// Told last: when the next attempt is chosen a member, this one's load has been
		// taken back.
		Call attempt = call.attempt(deadline, attempts);
		if (attempt.deadline().expiryNanos() == call.deadline().expiryNanos()) {
			next.dispatch(attempt);
		}
		else {
			this.attemptTimeouts.filter(attempt, next);
		}
	}

	void ended(Attempts attempts, Call attempt, Outcome outcome) {
		Call call = attempts.call();
		if (!(outcome instanceof Failure failure) || failure.kind() == FailureKind.DECLARED) {
			// Only a service that answers may be asked more: while all calls fail, so
			// would their retries.
			this.budget.deposit(attempt.endedNanos(this.ticker));
			call.endWith(attempt, outcome);
		}
		else if (call.isEnded() || !helps(call, attempt, failure)) {
			// Nobody else is going to wait for as long as the server asked.
			call.endWith(attempt, (failure.retryAfter() != null) ? failure.withoutRetry() : failure);
		}
		else if (!sentAgain(attempts, failure)) {
			call.endWith(attempt, failure.withoutRetry());
		}
	}

	/** Whether another attempt would be right, could it be made. */
	private static boolean helps(Call call, Call attempt, Failure failure) {
		RetrySettings settings = call.options().get(RetrySettings.KEY);
		if (failure.nonRetryable() || !settings.enabled() || settings.maxAttempts() == 1) {
			return false;
		}
		if (failure.kind() == FailureKind.NOT_SENT) {
			// Where no member was chosen this client itself refused, and would again. A
			// nack without a member is one that was injected.
			return attempt.target() != null || failure.nack();
		}
		// Who asks again had a failure that nobody below had retried, such as a lost
		// connection. It goes on asking; if every layer did, attempts would multiply.
		return settings.on().contains(failure.kind()) && call.options().get(Idempotence.KEY)
				&& call.options().get(InboundRequest.ATTEMPT) == 0;
	}

	private boolean sentAgain(Attempts attempts, Failure failure) {
		RetrySettings settings = attempts.call().options().get(RetrySettings.KEY);
		if (attempts.made() >= settings.maxAttempts()) {
			return false;
		}
		long wait = nanosToWait(settings, attempts, failure);
		if (wait >= attempts.call().deadline().remainingNanos(this.ticker.nanos())) {
			this.metrics.count(Event.RETRY_TOO_LATE);
			attempts.call().happened(CallEvent.RETRY_REFUSED, "the deadline comes first");
			return false;
		}
		if (!this.budget.tryWithdraw()) {
			this.metrics.count(Event.BUDGET_EXHAUSTED);
			attempts.call().happened(CallEvent.RETRY_REFUSED, "the budget is spent");
			return false;
		}
		this.metrics.count(event(failure.kind()));
		attempts.call().happened(CallEvent.RETRY, failure);
		if (wait == 0 && failure.kind() == FailureKind.NOT_SENT) {
			attempts.sendAgain();
		}
		else {
			attempts.sendAfter(wait, this.timer, failure);
		}
		return true;
	}

	/**
	 * What no server processed goes on at once, unless the server said when. Jitter comes
	 * on top of that: it told others the same.
	 */
	private long nanosToWait(RetrySettings settings, Attempts attempts, Failure failure) {
		Duration asked = failure.retryAfter();
		if (failure.kind() == FailureKind.NOT_SENT && (asked == null || asked.isZero())) {
			return 0;
		}
		long own = settings.backoff().nanosAfter(attempts.failed(), this.random);
		return (asked == null) ? own : own + asked.toNanos();
	}

	private static Event event(FailureKind kind) {
		return switch (kind) {
			case CONNECTION_LOST -> Event.RETRIED_CONNECTION_LOST;
			case TIMEOUT -> Event.RETRIED_TIMEOUT;
			case REMOTE -> Event.RETRIED_REMOTE;
			default -> Event.RETRIED_NOT_SENT;
		};
	}

}
