package io.scalesrpc.protocol;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.SortedSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.Internal;
import io.scalesrpc.call.InvalidSettingException;
import org.jspecify.annotations.Nullable;

/**
 * Reads the texts of a protocol's options; a value that is not right is refused with its
 * name and what was expected. <em>Immutable</em>.
 *
 * @param options the texts by name
 */
@Internal
public record OptionReader(Map<String, String> options) {

	private static final Pattern SIZE = Pattern.compile("(\\d{1,9})\\s*(B|KB|MB)?", Pattern.CASE_INSENSITIVE);

	private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

	/**
	 * Refuses options that a protocol does not have.
	 * @param protocol the name of the protocol
	 * @param names the names of its options
	 * @throws IllegalArgumentException if there is another one
	 */
	public void requireKnown(String protocol, SortedSet<String> names) {
		for (String name : this.options.keySet()) {
			if (!names.contains(name)) {
				throw InvalidSettingException
					.of("option " + name, "not an option of " + protocol, "one of " + String.join(", ", names))
					.about(name)
					.knowing(names);
			}
		}
	}

	/**
	 * Reads a text.
	 * @param name the name of the option
	 * @param fallback its value where it is not set
	 * @return the text without blanks at its ends
	 */
	public String text(String name, String fallback) {
		return this.options.getOrDefault(name, fallback).trim();
	}

	/**
	 * Reads a whole number.
	 * @param name the name of the option
	 * @param fallback its value where it is not set
	 * @return the number
	 * @throws IllegalArgumentException if it is none
	 */
	public int number(String name, int fallback) {
		String text = text(name, Integer.toString(fallback));
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			throw bad(name, text, "a whole number");
		}
	}

	/**
	 * Reads {@code 65536}, {@code 64KB} and {@code 1MB}, where a KB has 1024 bytes.
	 * @param name the name of the option
	 * @param fallback its value in bytes where it is not set
	 * @param least the least that is allowed
	 * @param most the most that is allowed
	 * @return the number of bytes
	 * @throws IllegalArgumentException if it is none, or out of range
	 */
	public int size(String name, int fallback, int least, int most) {
		String text = text(name, Integer.toString(fallback));
		Matcher size = SIZE.matcher(text);
		long bytes = size.matches() ? Long.parseLong(size.group(1)) * unit(size.group(2)) : -1;
		if (bytes < least || bytes > most) {
			throw bad(name, text, "a size such as 64KB, " + least + " to " + most + " bytes");
		}
		return (int) bytes;
	}

	private static long unit(@Nullable String unit) {
		return switch ((unit == null) ? "B" : unit.toUpperCase(Locale.ROOT)) {
			case "KB" -> 1024;
			case "MB" -> 1024 * 1024;
			default -> 1;
		};
	}

	/**
	 * Reads {@code true} or {@code false}.
	 * @param name the name of the option
	 * @param fallback its value where it is not set
	 * @return the value
	 * @throws IllegalArgumentException if it is neither
	 */
	public boolean flag(String name, boolean fallback) {
		String text = text(name, Boolean.toString(fallback)).toLowerCase(Locale.ROOT);
		return switch (text) {
			case "true" -> true;
			case "false" -> false;
			default -> throw bad(name, text, "true or false");
		};
	}

	/**
	 * Reads {@code 5s}, {@code 500ms} and the ISO form {@code PT5S}.
	 * @param name the name of the option
	 * @param fallback its value where it is not set
	 * @return the duration
	 * @throws IllegalArgumentException if it is none
	 */
	public Duration duration(String name, Duration fallback) {
		String text = text(name, fallback.toString());
		Matcher simple = SIMPLE_DURATION.matcher(text);
		try {
			return (simple.matches()) ? of(Long.parseLong(simple.group(1)), simple.group(2)) : Duration.parse(text);
		}
		catch (DateTimeParseException ex) {
			throw bad(name, text, "a duration such as 5s or 500ms");
		}
	}

	private static Duration of(long amount, String unit) {
		return switch (unit) {
			case "ms" -> Duration.ofMillis(amount);
			case "s" -> Duration.ofSeconds(amount);
			case "m" -> Duration.ofMinutes(amount);
			default -> Duration.ofHours(amount);
		};
	}

	/**
	 * Reads one of some words.
	 * @param name the name of the option
	 * @param fallback its value where it is not set
	 * @param <E> the words
	 * @return the constant of that name, in upper or lower case
	 * @throws IllegalArgumentException if there is none
	 */
	public <E extends Enum<E>> E constant(String name, E fallback) {
		String text = text(name, fallback.name());
		E[] constants = fallback.getDeclaringClass().getEnumConstants();
		for (E constant : constants) {
			if (constant.name().equalsIgnoreCase(text)) {
				return constant;
			}
		}
		throw bad(name, text, "one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT));
	}

	/**
	 * What is thrown for a value that is not right.
	 * @param name the name of the option
	 * @param value its value
	 * @param expected what would be right
	 * @return the exception
	 */
	public static InvalidSettingException bad(String name, String value, String expected) {
		return InvalidSettingException.of("option " + name, value, expected).about(name);
	}

}
