package io.scalesrpc.retry;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;

/**
 * Sends a call again, at once, when no server has processed it: it was refused, nacked,
 * or never left. That is safe for every method, idempotent or not (Finagle's
 * {@code RequeueFilter}). All other outcomes pass unchanged, as does the last failure
 * when no further attempt is allowed. <em>Thread-safe</em>.
 * <p>
 * Every attempt, the first one too, is a child of the call: a call ends once, so sending
 * the call itself would make a refusal its outcome. Beside the child a call costs one
 * {@link Requeue}, which observes all of its attempts.
 */
public final class RequeueFilter implements CallFilter {

	private final RetryBudget budget;

	private final int maxExtraAttempts;

	private final ClientMetrics metrics;

	/**
	 * Creates the filter of one client.
	 * @param budget bounds the extra attempts of all calls together
	 * @param maxExtraAttempts attempts of one call after its first, 0 or more
	 * @param metrics counts extra attempts, and those the budget refused
	 * @throws IllegalArgumentException if {@code maxExtraAttempts} is negative
	 */
	public RequeueFilter(RetryBudget budget, int maxExtraAttempts, ClientMetrics metrics) {
		if (maxExtraAttempts < 0) {
			throw new IllegalArgumentException("maxExtraAttempts: " + maxExtraAttempts + " (expected: >= 0)");
		}
		this.budget = budget;
		this.maxExtraAttempts = maxExtraAttempts;
		this.metrics = metrics;
	}

	@Override
	public void filter(Call call, Sink next) {
		if (!call.isEnded()) {
			this.budget.deposit();
			new Requeue(this, call, next).send();
		}
	}

	/**
	 * Whether to try once more; if so the attempt is paid for.
	 * @param call the call, of which an attempt has failed
	 * @param outcome how the attempt ended
	 * @return {@code true} if a further attempt must be sent now
	 */
	boolean allowsAnother(Call call, Outcome outcome) {
		if (!unprocessed(outcome) || call.isEnded() || call.attempts() > this.maxExtraAttempts
				|| call.deadline().isExpired(this.budget.ticker().nanos())) {
			return false;
		}
		boolean allowed = this.budget.tryWithdraw();
		this.metrics.count(allowed ? Event.REQUEUED : Event.BUDGET_EXHAUSTED);
		return allowed;
	}

	private static boolean unprocessed(Outcome outcome) {
		return outcome instanceof Failure failure && failure.kind() == FailureKind.NOT_SENT && !failure.nonRetryable();
	}

}
