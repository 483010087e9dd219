package io.scalesrpc.chaos;

import io.scalesrpc.call.Checks;

/** Shares of calls, in percent. */
final class Percent {

	private Percent() {
	}

	static void require(String name, double percent) {
		Checks.require(percent >= 0 && percent <= 100, name, percent, "0..100");
	}

}
