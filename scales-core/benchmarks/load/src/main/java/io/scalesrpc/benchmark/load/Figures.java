package io.scalesrpc.benchmark.load;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the rounds of one client came to. <em>Confined to the main thread</em>.
 */
final class Figures {

	private static final Pattern FIGURE = Pattern.compile("(\\w+)=([0-9.]+)");

	private final Map<String, List<Double>> values = new TreeMap<>();

	/**
	 * Takes the line of a round.
	 * @throws IllegalStateException if calls failed: a comparison with them would say
	 * nothing
	 */
	void add(String client, String line) {
		for (Matcher figure = FIGURE.matcher(line); figure.find();) {
			double value = Double.parseDouble(figure.group(2));
			if (figure.group(1).equals("failed") && value > 0) {
				throw new IllegalStateException(client + ": calls failed: " + line);
			}
			this.values.computeIfAbsent(figure.group(1), (name) -> new ArrayList<>()).add(value);
		}
	}

	/**
	 * The median.
	 * @return {@code NaN} if there is none
	 */
	double median(String name) {
		double[] sorted = this.values.getOrDefault(name, List.of()).stream().mapToDouble(Double::doubleValue).toArray();
		Arrays.sort(sorted);
		return (sorted.length > 0) ? sorted[sorted.length / 2] : Double.NaN;
	}

}
