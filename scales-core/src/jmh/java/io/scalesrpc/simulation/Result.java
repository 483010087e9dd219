package io.scalesrpc.simulation;

import java.util.Locale;

/**
 * A row of a table. <em>Immutable</em>.
 *
 * @param name the balancer
 * @param latencies of the calls that were answered
 * @param failed how many were not
 * @param failedShare how many of all that is
 * @param shares how calls were spread
 * @param connections what that took
 */
record Result(String name, Percentiles latencies, long failed, double failedShare, Shares shares,
		Connections connections) {

	static final String HEAD = """
			| balancer | p50 ms | p99 ms | p99.9 ms | failed | failed % | odd % | max/mean | opened | held | most |
			|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
			""";

	/** The row in Markdown. */
	String row() {
		return "| " + String.join(" | ", this.name, millis(this.latencies.p50()), p99(), millis(this.latencies.p999()),
				Long.toString(this.failed), number(100 * this.failedShare), number(100 * this.shares.odd()),
				number(this.shares.maxToMean()), Integer.toString(this.connections.opened()),
				Integer.toString(this.connections.held()), Integer.toString(this.connections.most())) + " |\n";
	}

	/** The 99th percentile as it stands in a table. */
	String p99() {
		return millis(this.latencies.p99());
	}

	private static String millis(double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, (value < 100) ? "%.1f" : "%.0f", value);
	}

	private static String number(double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
	}

}
