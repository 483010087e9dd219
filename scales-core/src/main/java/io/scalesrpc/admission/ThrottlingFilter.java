package io.scalesrpc.admission;

import java.util.random.RandomGenerator;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallEvent;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.StageObserver;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.time.Ticker;

/**
 * Withholds calls while servers refuse most of them: a refusal costs a server work, too,
 * and that work is what it lacks (client-side throttling of the SRE book, Finagle's
 * {@code NackAdmissionFilter}). Sees every attempt. A call that is withheld ends as
 * {@link FailureKind#NOT_SENT} and is not sent again. <em>Thread-safe</em>.
 */
@Internal
public final class ThrottlingFilter extends StageObserver implements CallFilter {

	private final AcceptRate acceptRate;

	private final ClientMetrics metrics;

	private final Ticker ticker;

	private final RandomGenerator random;

	/**
	 * Creates the filter of one client.
	 * @param settings when calls are withheld
	 * @param metrics counts them
	 * @param ticker tells how long ago servers answered
	 * @param random chooses those that are withheld
	 */
	public ThrottlingFilter(ThrottlingSettings settings, ClientMetrics metrics, Ticker ticker, RandomGenerator random) {
		this.acceptRate = new AcceptRate(settings, ticker.nanos());
		this.metrics = metrics;
		this.ticker = ticker;
		this.random = random;
		metrics.gauge(MeterNames.THROTTLING_SHARE, this, (filter) -> filter.share());
	}

	@Override
	public void filter(Call call, Sink next) {
		if (call.isEnded()) {
			// Refused above, and on its way for those who count: it says nothing of
			// servers.
			next.dispatch(call);
			return;
		}
		// A look at the clock is for bad times only.
		if (this.acceptRate.pressure().isFelt() && isWithheld(call)) {
			return;
		}
		call.onOutcome(this);
		next.dispatch(call);
	}

	@Override
	public void ended(Call call, Outcome outcome) {
		if (outcome instanceof Failure failure && failure.nack()) {
			this.acceptRate.refused(call.endedNanos(this.ticker));
		}
		else if (isAccepted(outcome)) {
			this.acceptRate.accepted(call.endedNanos(this.ticker));
		}
	}

	private boolean isWithheld(Call call) {
		long now = this.ticker.nanos();
		ThrottleDecision pressure = this.acceptRate.pressure(now);
		if (!pressure.isFelt() || this.random.nextDouble() >= pressure.share()) {
			return false;
		}
		this.acceptRate.withheld(now);
		this.metrics.count(Event.WITHHELD);
		Failure refusal = pressure.refusal();
		call.happened(CallEvent.WITHHELD, refusal);
		call.end(refusal);
		return true;
	}

	/** Whoever says nothing, such as a server that was too slow, does not count. */
	private static boolean isAccepted(Outcome outcome) {
		return outcome.answered() || ((Failure) outcome).kind() == FailureKind.REMOTE;
	}

	private double share() {
		return this.acceptRate.pressure(this.ticker.nanos()).share();
	}

}
