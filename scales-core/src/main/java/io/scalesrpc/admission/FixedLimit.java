package io.scalesrpc.admission;

import io.scalesrpc.call.Checks;

/**
 * A limit that stays what it is. <em>Immutable</em>.
 *
 * @param now the number, 1 or more
 */
record FixedLimit(int now) implements Limit {

	FixedLimit {
		Checks.require(now >= 1, "max", now, ">= 1");
	}

	@Override
	public void learn(long start, long end, int inFlight, boolean overloaded) {
		// there is nothing to learn
	}

}
