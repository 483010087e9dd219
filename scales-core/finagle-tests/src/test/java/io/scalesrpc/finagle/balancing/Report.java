package io.scalesrpc.finagle.balancing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Figures by what they are called, in the order in which they were put. <em>Confined to
 * the thread that runs the scenario</em>.
 */
public final class Report {

	private final Map<String, Double> figures = new LinkedHashMap<>();

	public Report put(String name, double figure) {
		this.figures.put(name, figure);
		return this;
	}

	/**
	 * The percentiles of a load in milliseconds.
	 * @param prefix of their names
	 */
	Report putLatencies(String prefix, LoadFigures load) {
		for (String percentile : new String[] { "p50", "p99", "p999" }) {
			put(prefix + percentile + " ms", load.millis(percentile));
		}
		return this;
	}

	double get(String name) {
		Double figure = this.figures.get(name);
		if (figure == null) {
			throw new IllegalArgumentException("name: " + name + " (expected: one of " + this.figures.keySet() + ")");
		}
		return figure;
	}

	public Map<String, Double> figures() {
		return this.figures;
	}

	@Override
	public String toString() {
		return this.figures.toString();
	}

}
