package io.scalesrpc.circuitbreaker;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import org.jspecify.annotations.Nullable;

/**
 * An operator lets all calls through, until further notice. <em>Immutable</em>.
 *
 * @param since since when, in nanoseconds of the ticker
 */
record Disabled(long since) implements CircuitPeriod {

	@Override
	public CircuitState state() {
		return CircuitState.DISABLED;
	}

	@Override
	public long since(long now) {
		return this.since;
	}

	@Override
	public @Nullable Failure admit(Call call) {
		return null;
	}

	@Override
	public String problem(long now) {
		return "";
	}

}
