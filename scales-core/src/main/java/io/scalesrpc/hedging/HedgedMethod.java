package io.scalesrpc.hedging;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.metrics.Event;
import io.scalesrpc.retry.RetryBudget;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * What the calls of one hedged method have in common: how long they take, and how many of
 * them may be sent twice. <em>Thread-safe</em>.
 */
final class HedgedMethod {

	/** As long as latencies are remembered: so both need equally many calls. */
	private static final Duration BUDGET_TTL = TailLatency.WINDOW.multipliedBy(TailLatency.WINDOWS);

	private final HedgingTools tools;

	private final TailLatency latency;

	private final RetryBudget budget;

	HedgedMethod(HedgingSettings settings, HedgingTools tools) {
		this.tools = tools;
		this.latency = new TailLatency(settings, tools.ticker().nanos());
		this.budget = new RetryBudget(settings.maxExtraLoad(), 0, BUDGET_TTL, tools.ticker());
	}

	/** Notes a call, which earns its share of a second attempt. */
	long begin() {
		this.budget.deposit();
		return now();
	}

	long now() {
		return this.tools.ticker().nanos();
	}

	/** Notes how long the first attempt of a call took, or would have taken at least. */
	void learn(long nanos) {
		this.latency.add(nanos);
	}

	/**
	 * Runs a task when a second attempt is due.
	 * @param task sends it
	 * @param sent when the first attempt was sent
	 * @param remaining how much time the call had then, in nanoseconds
	 * @return the way to call it off, or {@code null} if there is to be none
	 */
	Timer.@Nullable Timeout schedule(Runnable task, long sent, long remaining) {
		long delay = this.latency.delayNanos(sent);
		if (delay >= remaining) {
			return null;
		}
		try {
			return this.tools.timer().schedule(task, delay, TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			// the client is being closed
			return null;
		}
	}

	/** Whether a second attempt may be sent; if so it is paid for. */
	boolean pay() {
		if (this.budget.tryWithdraw()) {
			if (this.tools.retries().tryWithdraw()) {
				return true;
			}
			this.budget.giveBack();
		}
		this.tools.metrics().count(Event.HEDGE_REFUSED);
		return false;
	}

	/** Gives back what was paid for a second attempt that was not sent. */
	void giveBack() {
		this.budget.giveBack();
		this.tools.retries().giveBack();
	}

	void countSent() {
		this.tools.metrics().count(Event.HEDGED);
	}

	void countWon() {
		this.tools.metrics().count(Event.HEDGE_WON);
	}

	/** After how long a second attempt is sent now; not a number while none is. */
	double delaySeconds() {
		long delay = this.latency.delayNanos(now());
		return (delay == TailLatency.NONE) ? Double.NaN : delay / 1e9;
	}

}
