package io.scalesrpc.client;

import java.time.Duration;

/**
 * Checks of settings, all with the same form of text. <em>Immutable</em>.
 */
final class Checks {

	private static final Duration MAX_TIMEOUT = Duration.ofDays(1);

	private Checks() {
	}

	static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

	static Duration timeout(String name, Duration value) {
		require(!value.isNegative() && !value.isZero() && value.compareTo(MAX_TIMEOUT) <= 0, name, value,
				"> 0 and at most 1 day");
		return value;
	}

	static String text(String name, String value) {
		require(!value.isBlank(), name, "'" + value + "'", "not blank");
		return value;
	}

}
