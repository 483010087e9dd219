package io.scalesrpc.finagle;

import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a peer answers to {@code stats}: an object of whole numbers in JSON.
 * <em>Thread-safe</em>.
 */
final class PeerStats {

	private static final Pattern ENTRY = Pattern.compile("\"([^\"]+)\":(-?[0-9]+)");

	private PeerStats() {
	}

	static Map<String, Long> parse(String line) {
		if (!line.startsWith("OK {")) {
			throw new IllegalStateException("peer said: " + line + " (expected: OK {<statistics>})");
		}
		Map<String, Long> stats = new TreeMap<>();
		for (Matcher entry = ENTRY.matcher(line); entry.find();) {
			stats.put(entry.group(1), Long.parseLong(entry.group(2)));
		}
		return stats;
	}

}
