package io.scalesrpc.call;

import java.time.Duration;
import java.util.function.Supplier;

import io.scalesrpc.Internal;

/**
 * Checks of settings, all with the same form of text:
 * {@code name: value (expected: ...)}. <em>Stateless</em>.
 */
@Internal
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
	 * @throws InvalidSettingException if it does not hold
	 */
	public static void require(boolean holds, String name, Object value, String expected) {
		if (!holds) {
			throw InvalidSettingException.of(name, value, expected);
		}
	}

	/**
	 * Checks that two settings agree.
	 * @param agree whether they do
	 * @param name what is set
	 * @param value what it is set to
	 * @param other the name of the other setting, which may be the one that is wrong
	 * @param expected what would be right
	 * @throws InvalidSettingException if they do not
	 */
	public static void requireBeside(boolean agree, String name, Object value, String other, String expected) {
		if (!agree) {
			throw InvalidSettingException.of(name, value, expected).beside(other);
		}
	}

	/**
	 * Checks that a setting is not without another.
	 * @param holds whether the other is set, or this one is not
	 * @param name what is set
	 * @param value what it is set to
	 * @param needed the name of the setting that is missing
	 * @throws InvalidSettingException if it is
	 */
	public static void requireNotWithout(boolean holds, String name, Object value, String needed) {
		if (!holds) {
			throw InvalidSettingException.without(name, value, needed);
		}
	}

	/**
	 * Does what may refuse a setting that is known by another name where it was set.
	 * @param name that name
	 * @param action what may throw; the text of its exception stays
	 * @param <R> the type of the result
	 * @return the result
	 * @throws InvalidSettingException if it refuses
	 */
	public static <R> R about(String name, Supplier<R> action) {
		try {
			return action.get();
		}
		catch (InvalidSettingException ex) {
			throw ex.about(name);
		}
		catch (IllegalArgumentException ex) {
			throw InvalidSettingException.because(name, String.valueOf(ex.getMessage()), ex);
		}
	}

	/**
	 * Makes settings that are a part of others.
	 * @param section the name of the part
	 * @param maker makes them
	 * @param <R> the settings
	 * @return the settings
	 * @throws InvalidSettingException if one is refused: its name then begins with that
	 * of the part
	 */
	public static <R> R within(String section, Supplier<R> maker) {
		try {
			return maker.get();
		}
		catch (InvalidSettingException ex) {
			throw ex.within(section);
		}
	}

	/**
	 * Checks a duration above zero and of at most a day.
	 * @param name what is set
	 * @param value what it is set to
	 * @return the value
	 * @throws InvalidSettingException if it is out of its range
	 */
	public static Duration positive(String name, Duration value) {
		require(value.compareTo(Duration.ZERO) > 0 && value.compareTo(MAX) <= 0, name, value, "> 0 and at most 1 day");
		return value;
	}

	/**
	 * Checks a duration from zero to a day.
	 * @param name what is set
	 * @param value what it is set to
	 * @throws InvalidSettingException if it is out of its range
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
	 * @throws InvalidSettingException if it is out of its range
	 */
	public static void within(String name, Duration value, Duration least, String leastName) {
		require(value.compareTo(least) >= 0 && value.compareTo(MAX) <= 0, name, value,
				"at least " + leastName + " and at most 1 day");
	}

	/**
	 * Checks a duration from that of another setting to a day.
	 * @param name what is set
	 * @param value what it is set to
	 * @param other the name of the other setting
	 * @param least what that is set to
	 * @throws InvalidSettingException if it is out of its range
	 */
	public static void notBelow(String name, Duration value, String other, Duration least) {
		requireBeside(value.compareTo(least) >= 0 && value.compareTo(MAX) <= 0, name, value, other,
				"at least " + other + ", which is " + least + ", and at most 1 day");
	}

	/**
	 * Checks a text that must say something.
	 * @param name what is set
	 * @param value what it is set to
	 * @return the value
	 * @throws InvalidSettingException if it is blank
	 */
	public static String text(String name, String value) {
		require(!value.isBlank(), name, "'" + value + "'", "not blank");
		return value;
	}

}
