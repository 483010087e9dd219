package io.scalesrpc.call;

import java.time.Duration;

/**
 * Checks of settings, all with the same form of text:
 * {@code name: value (expected: ...)}. <em>Stateless</em>.
 */
public final class Checks {

	private static final Duration MAX = Duration.ofDays(1);

	private Checks() {
	}

	/**
	 * Checks anything.
	 * @param holds whether the value is right
	 * @param name what is set
	 * @param value what it is set to
	 * @param expected what would be right
	 * @throws IllegalArgumentException if it does not hold
	 */
	public static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(name + ": " + value + " (expected: " + expected + ")");
		}
	}

	/**
	 * Checks a duration above zero and of at most a day.
	 * @param name what is set
	 * @param value what it is set to
	 * @return the value
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public static Duration positive(String name, Duration value) {
		require(value.compareTo(Duration.ZERO) > 0 && value.compareTo(MAX) <= 0, name, value, "> 0 and at most 1 day");
		return value;
	}

	/**
	 * Checks a duration from zero to a day.
	 * @param name what is set
	 * @param value what it is set to
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public static void notNegative(String name, Duration value) {
		require(!value.isNegative() && value.compareTo(MAX) <= 0, name, value, ">= 0 and at most 1 day");
	}

	/**
	 * Checks a duration from another one to a day.
	 * @param name what is set
	 * @param value what it is set to
	 * @param least the least that is right
	 * @param leastName how an error says that
	 * @throws IllegalArgumentException if it is out of its range
	 */
	public static void within(String name, Duration value, Duration least, String leastName) {
		require(value.compareTo(least) >= 0 && value.compareTo(MAX) <= 0, name, value,
				"at least " + leastName + " and at most 1 day");
	}

	/**
	 * Checks a text that must say something.
	 * @param name what is set
	 * @param value what it is set to
	 * @return the value
	 * @throws IllegalArgumentException if it is blank
	 */
	public static String text(String name, String value) {
		require(!value.isBlank(), name, "'" + value + "'", "not blank");
		return value;
	}

}
