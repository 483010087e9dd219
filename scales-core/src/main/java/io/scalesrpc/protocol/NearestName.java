package io.scalesrpc.protocol;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

import io.scalesrpc.Internal;

/**
 * The name that somebody may have meant who wrote another one. <em>Thread-safe</em>.
 */
@Internal
public final class NearestName {

	private NearestName() {
	}

	/**
	 * Finds the name that differs least, by Levenshtein's distance; upper and lower case
	 * count as the same.
	 * @param name what was written
	 * @param candidates the names there are
	 * @return the nearest, if a third of the letters or fewer differ
	 */
	public static Optional<String> of(String name, Collection<String> candidates) {
		return near(name, candidates).findFirst();
	}

	/**
	 * Finds the names that differ least.
	 * @param name what was written
	 * @param candidates the names there are
	 * @param most how many to find
	 * @return the nearest first; empty if more than a third of the letters differ in all
	 */
	public static List<String> all(String name, Collection<String> candidates, int most) {
		return near(name, candidates).limit(most).toList();
	}

	private static Stream<String> near(String name, Collection<String> candidates) {
		int limit = Math.max(2, name.length() / 3);
		return candidates.stream()
			.filter((candidate) -> distance(name, candidate) <= limit)
			.sorted(Comparator.comparingInt((candidate) -> distance(name, candidate)));
	}

	/**
	 * Whether somebody who wrote one name most likely meant another: a letter or two
	 * differ.
	 * @param name what was written
	 * @param other the other name
	 * @return {@code false} if they are the same, or too different
	 */
	public static boolean isSlip(String name, String other) {
		int distance = distance(name, other);
		return distance > 0 && distance <= 2;
	}

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
