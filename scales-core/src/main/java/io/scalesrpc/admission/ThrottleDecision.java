package io.scalesrpc.admission;

import io.scalesrpc.call.Failure;
import io.scalesrpc.time.SuccessWindow.Tally;

/**
 * Which share of the calls is withheld, and what those are told. <em>Immutable</em>.
 *
 * @param share from 0 to below 1
 * @param refusal the outcome of a call that is withheld
 */
record ThrottleDecision(double share, Failure refusal) {

	/** Every call is sent. */
	static final ThrottleDecision NONE = new ThrottleDecision(0, Failure.withheld("withheld by nobody"));

	static ThrottleDecision of(double share, Tally tally, ThrottlingSettings settings) {
		return new ThrottleDecision(share,
				Failure.withheld(
						"withheld from servers that refuse too many: " + tally.failures() + " of the " + tally.calls()
								+ " calls they answered in " + settings.window().toMillis() + " ms (expected: at most "
								+ Math.round(settings.threshold() * 100) + " %; throttling.threshold)"));
	}

	boolean isFelt() {
		return this.share > 0;
	}

}
