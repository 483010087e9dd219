package io.scalesrpc.client;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Sink;

/**
 * A filter by its name in the stack. One that throws, against the rules, loses no call.
 * <em>Immutable</em>.
 *
 * @param role the name
 * @param filter what the stage does
 */
record Stage(Role role, CallFilter filter) implements CallFilter {

	@Override
	public void filter(Call call, Sink next) {
		try {
			this.filter.filter(call, next);
		}
		catch (Throwable ex) {
			call.end(Failure.of(FailureKind.BUG, "stage " + this.role + " failed: " + ex, ex));
		}
	}

}
