package io.scalesrpc.circuitbreaker;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;

/**
 * What the end of a call says about the service. <em>Immutable</em>.
 */
enum CallJudgement {

	/** It answered, be it with an exception that its interface declares. */
	ANSWERED,

	/** It did not do what it should. */
	FAILED,

	/**
	 * Nothing: the caller gave up or had less time than the client gives, or this side
	 * refused the call or could not encode it.
	 */
	NOTHING;

	/**
	 * Judges. A call that was not sent speaks against the service only if a server
	 * refused it or a member was asked that could not be reached: limits, throttling and
	 * an empty list of members are this side's own.
	 */
	static CallJudgement of(Call call, Outcome outcome) {
		if (!(outcome instanceof Failure failure) || outcome.answered()) {
			return ANSWERED;
		}
		boolean ours = failure.kind() == FailureKind.NOT_SENT && !failure.nack() && call.target() == null;
		return (call.blamesServer(failure) && !ours) ? FAILED : NOTHING;
	}

}
