package io.scalesrpc.breaker;

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

	static void within(String name, Duration value, Duration least, String leastName) {
		require(value.compareTo(least) >= 0 && value.compareTo(MAX) <= 0, name, value,
				"at least " + leastName + " and at most 1 day");
	}

}
