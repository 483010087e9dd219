package io.scalesrpc.thrift;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The names that somebody may have meant who wrote another one.
 * <p>
 * <em>Thread-safe</em>.
 */
final class NearestNames {

	private static final int MAX_SUGGESTIONS = 3;

	private NearestNames() {
	}

	/** Up to three names, nearest first, joined by commas; empty when none is near. */
	static String to(String name, List<String> candidates) {
		int limit = Math.max(2, name.length() / 3);
		return candidates.stream()
			.filter((candidate) -> distance(name, candidate) <= limit)
			.sorted((a, b) -> Integer.compare(distance(name, a), distance(name, b)))
			.limit(MAX_SUGGESTIONS)
			.collect(Collectors.joining(", "));
	}

	/** Levenshtein's distance; upper and lower case count as the same. */
	private static int distance(String from, String to) {
		String a = from.toLowerCase(Locale.ROOT);
		String b = to.toLowerCase(Locale.ROOT);
		int[] row = new int[b.length() + 1];
		for (int j = 0; j <= b.length(); j++) {
			row[j] = j;
		}
		for (int i = 1; i <= a.length(); i++) {
			int diagonal = row[0];
			row[0] = i;
			for (int j = 1; j <= b.length(); j++) {
				int substituted = diagonal + ((a.charAt(i - 1) == b.charAt(j - 1)) ? 0 : 1);
				diagonal = row[j];
				row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
			}
		}
		return row[b.length()];
	}

}
