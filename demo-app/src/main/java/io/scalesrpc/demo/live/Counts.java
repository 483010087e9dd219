package io.scalesrpc.demo.live;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

import org.HdrHistogram.Histogram;

/**
 * What became of the calls of one client in some time. <em>Immutable</em>, as nobody
 * writes the histogram.
 *
 * @param micros how long callers waited whose calls were begun, in microseconds
 * @param failures calls that failed, by kind
 * @param wrong calls that were given the answer to another call
 * @param requests what servers saw, by their names
 */
record Counts(Histogram micros, Map<String, Long> failures, long wrong, Map<String, Long> requests) {

	/** All of them together. */
	static Counts sum(Collection<Counts> parts) {
		Histogram micros = new Histogram(2);
		Map<String, Long> failures = new TreeMap<>();
		Map<String, Long> requests = new TreeMap<>();
		long wrong = 0;
		for (Counts part : parts) {
			micros.add(part.micros);
			part.failures.forEach((kind, count) -> failures.merge(kind, count, Long::sum));
			part.requests.forEach((server, count) -> requests.merge(server, count, Long::sum));
			wrong += part.wrong;
		}
		return new Counts(micros, failures, wrong, requests);
	}

	/** For people. */
	Column column() {
		long calls = this.micros.getTotalCount() + this.failures.getOrDefault(Tally.NO_THREAD, 0L);
		return new Column(calls, total(this.failures), this.failures, this.wrong, millis(50), millis(99),
				total(this.requests), this.requests);
	}

	private static long total(Map<String, Long> counts) {
		return counts.values().stream().mapToLong(Long::longValue).sum();
	}

	private double millis(double percentile) {
		return this.micros.getValueAtPercentile(percentile) / 1000.0;
	}

}
