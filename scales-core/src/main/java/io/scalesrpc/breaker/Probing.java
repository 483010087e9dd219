package io.scalesrpc.breaker;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Observer;
import io.scalesrpc.call.Outcome;

/**
 * One call, the probe, decides whether the member is back. <em>Immutable</em>; two are
 * never the same.
 */
final class Probing implements BreakerState, Observer {

	private final MemberBreaker breaker;

	private final Open before;

	Probing(MemberBreaker breaker, Open before) {
		this.breaker = breaker;
		this.before = before;
	}

	/** What is the case again if the probe says nothing. */
	Open before() {
		return this.before;
	}

	@Override
	public void ended(Call probe, Outcome outcome) {
		switch (AttemptJudgement.of(probe, outcome, this.breaker.member())) {
			case GOOD -> this.breaker.takeBack(this, probe);
			case BAD -> this.breaker.keepOut(this, (Failure) outcome);
			case NONE -> this.breaker.freeProbe(this);
		}
	}

	@Override
	public String problem(long now) {
		return "being probed" + this.before.reason();
	}

}
