package io.scalesrpc.breaker;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;

/**
 * What the end of a call says about the member it was sent to. <em>Immutable</em>.
 */
enum AttemptJudgement {

	/** It answered, be it with an exception that its interface declares. */
	GOOD,

	/** It did not do what it should. */
	BAD,

	/**
	 * Nothing: the caller gave up or had less time than the client gives, this side
	 * failed, or there was no connection.
	 */
	NONE;

	/**
	 * Judges. Without an open connection a failure is not the member's, or is known
	 * already: it must be back as soon as its connection is.
	 */
	static AttemptJudgement of(Call call, Outcome outcome, Sink member) {
		if (outcome.answered()) {
			return GOOD;
		}
		boolean blamed = outcome instanceof Failure failure && call.blamesServer(failure)
				&& member.state() == SinkState.OPEN;
		return blamed ? BAD : NONE;
	}

}
