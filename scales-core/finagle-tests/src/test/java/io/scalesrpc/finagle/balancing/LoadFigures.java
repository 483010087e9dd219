package io.scalesrpc.finagle.balancing;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What became of the calls of a load. <em>Immutable</em>.
 *
 * @param values the numbers by name, as {@link io.scalesrpc.finagle.load.Loads} tells
 * them
 * @param line the line they were read from
 */
public record LoadFigures(Map<String, Long> values, String line) {

	private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\":(-?[0-9]+)");

	/** Copies the map. */
	public LoadFigures {
		values = Map.copyOf(values);
	}

	public static LoadFigures parse(String line) {
		Map<String, Long> values = new TreeMap<>();
		for (Matcher entry = ENTRY.matcher(line); entry.find();) {
			values.put(entry.group(1), Long.parseLong(entry.group(2)));
		}
		return new LoadFigures(values, line);
	}

	public long get(String name) {
		Long value = this.values.get(name);
		if (value == null) {
			throw new IllegalArgumentException("name: " + name + " (expected: one of " + this.line + ")");
		}
		return value;
	}

	public long failures() {
		return get("failures");
	}

	/**
	 * A percentile of the latency of the calls that were answered.
	 * @param percentile {@code p50}, {@code p90}, {@code p99}, {@code p999}, {@code max}
	 * @return milliseconds
	 */
	public double millis(String percentile) {
		return get(percentile + "Micros") / 1000.0;
	}

}
