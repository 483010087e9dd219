package io.scalesrpc.circuitbreaker;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;

/**
 * An operator has all calls refused, until further notice. <em>Immutable</em>.
 *
 * @param since since when, in nanoseconds of the ticker
 * @param why who it was
 */
record ForcedOpen(long since, String why) implements CircuitPeriod {

	@Override
	public CircuitState state() {
		return CircuitState.FORCED_OPEN;
	}

	@Override
	public long since(long now) {
		return this.since;
	}

	@Override
	public Failure admit(Call call) {
		return CircuitPeriod.refusal(problem(this.since));
	}

	@Override
	public String problem(long now) {
		return "forced open: " + this.why;
	}

}
