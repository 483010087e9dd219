package io.scalesrpc.balancer;

import java.time.Duration;

/**
 * Checks of settings, all with the same form of text. <em>Stateless</em>.
 */
final class Settings {

	private static final Duration MAX = Duration.ofDays(1);

	private Settings() {
	}

	static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

	static void notNegative(String name, Duration value) {
		require(!value.isNegative() && value.compareTo(MAX) <= 0, name, value, ">= 0 and at most 1 day");
	}

	static void positive(String name, Duration value) {
		require(value.compareTo(Duration.ZERO) > 0 && value.compareTo(MAX) <= 0, name, value, "> 0 and at most 1 day");
	}

}
