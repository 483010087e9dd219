package io.scalesrpc.simulation;

import java.util.Locale;

/**
 * A row of a table. <em>Immutable</em>.
 *
 * @param name the balancer
 * @param calls how the calls went
 * @param shares how they were spread
 * @param connections what that took
 */
record Result(String name, Measurements calls, Shares shares, Connections connections) {

	static final String HEAD = """
			| balancer | p50 ms | p99 ms | p99.9 ms | failed | failed % | odd % | max/mean | opened | held | most |
			|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|--:|
			""";

	/** The row in Markdown. */
	String row() {
		return String.format(Locale.ROOT, "| %s | %s | %s | %s | %d | %s | %s | %s | %d | %d | %d |%n", this.name,
				millis(0.5), millis(0.99), millis(0.999), this.calls.failed(), number(100 * this.calls.failedShare()),
				number(100 * this.shares.odd()), number(this.shares.maxToMean()), this.connections.opened(),
				this.connections.held(), this.connections.most());
	}

	private String millis(double part) {
		double value = this.calls.percentile(part);
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, (value < 100) ? "%.1f" : "%.0f", value);
	}

	private static String number(double value) {
		return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.2f", value);
	}

}
