package io.scalesrpc.balancer.picker;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Outcome;

/**
 * What the time a call took says about the latency of its member. <em>Immutable</em>.
 */
enum LatencySample {

	/** It is the latency. */
	EXACT,

	/** Nobody waited for the answer: the latency is more than that. */
	AT_LEAST,

	/** Nothing: failing may be quick. */
	NOT;

	static LatencySample of(Call call) {
		Outcome outcome = call.outcome();
		if (outcome == null) {
			return NOT;
		}
		if (outcome.answered()) {
			return EXACT;
		}
		return (outcome instanceof Failure failure) ? of(failure) : NOT;
	}

	private static LatencySample of(Failure failure) {
		return switch (failure.kind()) {
			case TIMEOUT, CANCELLED -> AT_LEAST;
			case NOT_SENT, CONNECTION_LOST, REMOTE, DECLARED, INTERNAL -> NOT;
		};
	}

}
