package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;

import org.jspecify.annotations.Nullable;

/**
 * What Prequal knows of its servers: the latest reports of at most 16 of them, none older
 * than a second, and which of them the hot-cold rule prefers (NSDI'24, section 4).
 * <em>Confined to the thread that runs the world.</em>
 */
final class ProbePool {

	private static final int SIZE = 16;

	private static final long MAX_AGE = Duration.ofSeconds(1).toNanos();

	/**
	 * Whoever has more in flight than this part of the reports is hot: 2 to the -0.25.
	 */
	private static final double HOT_QUANTILE = 0.84;

	private final List<Entry> entries = new ArrayList<>();

	/** The calls in flight of the latest reports, by which heat is measured. */
	private final int[] seen = new int[128];

	private int added;

	private boolean removeWorst;

	void add(Link link, ProbeReport report, long now) {
		this.seen[this.added++ % this.seen.length] = report.inFlight();
		this.entries.removeIf((entry) -> entry.link == link || now - entry.at > MAX_AGE);
		if (this.entries.size() == SIZE) {
			this.entries.remove(0);
		}
		this.entries.add(new Entry(link, report, now));
	}

	void retain(Predicate<Link> present) {
		this.entries.removeIf((entry) -> !present.test(entry.link));
	}

	/**
	 * The link to take, whose entry then counts one call more; null if too few are known.
	 */
	@Nullable Link take(Predicate<Link> usable, int uses, long now) {
		this.entries.removeIf((entry) -> now - entry.at > MAX_AGE);
		List<Entry> candidates = this.entries.stream().filter((entry) -> usable.test(entry.link)).toList();
		if (candidates.size() < 2) {
			return null;
		}
		int limit = hotLimit();
		Entry best = candidates.stream().min(order(limit)).orElseThrow();
		best.used++;
		if (best.used >= uses) {
			this.entries.remove(best);
		}
		return best.link;
	}

	/** Lets go of one report a call, by turns the oldest and the worst. */
	void trim() {
		this.removeWorst = !this.removeWorst;
		if (this.entries.size() > 2) {
			this.entries.remove(this.removeWorst ? this.entries.stream().max(order(hotLimit())).orElseThrow()
					: this.entries.get(0));
		}
	}

	/** Cold before hot; among the cold less latency, among the hot fewer calls. */
	private static Comparator<Entry> order(int limit) {
		return Comparator.comparing((Entry entry) -> entry.inFlight() > limit)
			.thenComparingLong((entry) -> (entry.inFlight() > limit) ? entry.inFlight() : entry.report.latency());
	}

	private int hotLimit() {
		int known = Math.min(this.added, this.seen.length);
		int[] sorted = Arrays.copyOf(this.seen, known);
		Arrays.sort(sorted);
		return (known > 0) ? sorted[(int) (HOT_QUANTILE * (known - 1))] : 0;
	}

	/**
	 * A report and how often it was used. <em>Confined to the thread that runs the
	 * world.</em>
	 */
	private static final class Entry {

		private final Link link;

		private final ProbeReport report;

		private final long at;

		private int used;

		private Entry(Link link, ProbeReport report, long at) {
			this.link = link;
			this.report = report;
			this.at = at;
		}

		private int inFlight() {
			return this.report.inFlight() + this.used;
		}

	}

}
