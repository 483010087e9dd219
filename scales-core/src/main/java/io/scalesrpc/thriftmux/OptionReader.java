package io.scalesrpc.thriftmux;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.scalesrpc.mux.DtabEntry;

/**
 * Reads the texts of options; a value that is not right is refused with its name and what
 * was expected. <em>Immutable</em>.
 *
 * @param options the texts by name
 */
record OptionReader(Map<String, String> options) {

	private static final Pattern SIMPLE_DURATION = Pattern.compile("(\\d{1,9})\\s*(ms|s|m|h)");

	String text(String name, String fallback) {
		return this.options.getOrDefault(name, fallback).trim();
	}

	int number(String name, int fallback) {
		String text = text(name, Integer.toString(fallback));
		try {
			return Integer.parseInt(text);
		}
		catch (NumberFormatException ex) {
			throw bad(name, text, "a whole number");
		}
	}

	/** Reads {@code 5s}, {@code 500ms} and the ISO form {@code PT5S}. */
	Duration duration(String name, Duration fallback) {
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

	<E extends Enum<E>> E constant(String name, E fallback) {
		String text = text(name, fallback.name());
		E[] constants = fallback.getDeclaringClass().getEnumConstants();
		for (E constant : constants) {
			if (constant.name().equalsIgnoreCase(text)) {
				return constant;
			}
		}
		throw bad(name, text, "one of " + Arrays.toString(constants).toLowerCase(Locale.ROOT));
	}

	/** Reads Finagle's form: {@code /s => /srv/local; /x => /y}. */
	List<DtabEntry> dtab(String name) {
		List<DtabEntry> entries = new ArrayList<>();
		for (String rule : text(name, "").split(";")) {
			if (rule.isBlank()) {
				continue;
			}
			int arrow = rule.indexOf("=>");
			String prefix = (arrow > 0) ? rule.substring(0, arrow).trim() : "";
			if (!prefix.startsWith("/")) {
				throw bad(name, rule.trim(), "rules such as /s => /srv/local, separated by ;");
			}
			entries.add(new DtabEntry(prefix, rule.substring(arrow + 2).trim()));
		}
		return List.copyOf(entries);
	}

	private static IllegalArgumentException bad(String name, String value, String expected) {
		return new IllegalArgumentException("option " + name + ": " + value + " (expected: " + expected + ")");
	}

}
