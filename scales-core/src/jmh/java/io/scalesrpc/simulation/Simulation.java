package io.scalesrpc.simulation;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Runs all scenarios with all ways of balancing and prints the tables. Run by
 * {@code src/jmh/simulate.sh}. <em>Stateless</em>.
 */
public final class Simulation {

	private static final String HEAD = """
			# The balancers, simulated
			Printed by `scales-core/src/jmh/simulate.sh`, which prints the same bytes each time; [balancing.md](balancing.md) says what
			it means. Virtual time; servers have workers and one queue, half a round trip takes 0.1 ms, a connection 1 ms, a call at most
			1 s. There are neither retries nor member breakers: what is seen is the balancer's doing. Service times are exponential
			unless it says otherwise.

			- *failed*: calls without an answer, timeouts included; percentiles are of the others
			- *odd %*: the share of the calls that the odd member of the scenario got
			- *max/mean*: the calls of the busiest of the other members, by those of the average one
			- *opened*, *held*, *most*: connections ever opened by all clients, those there were at the end, and at one server
			- *(prequal)*: not in the product; see [decision 12](decisions/0012-prequal.md)

			""";

	private Simulation() {
	}

	/**
	 * Prints the tables.
	 * @param args words of which a scenario's heading must contain one; none for all
	 */
	public static void main(String[] args) {
		PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
		Map<Scenario, List<Result>> results = new LinkedHashMap<>();
		Scenarios.all()
			.stream()
			.filter((scenario) -> args.length == 0 || Stream.of(args).anyMatch(scenario.name()::contains))
			.forEach((scenario) -> results.put(scenario, Subject.all().parallelStream().map(scenario::run).toList()));
		out.print(HEAD);
		out.print(atAGlance(results));
		results.forEach((scenario, rows) -> out.print(scenario.table(rows)));
	}

	private static String atAGlance(Map<Scenario, List<Result>> results) {
		List<String> names = Subject.all().stream().map(Subject::name).toList();
		StringBuilder table = new StringBuilder("## p99 at a glance, in ms\n| |");
		names.forEach((name) -> table.append(" " + name + " |"));
		table.append("\n|---|" + "--:|".repeat(names.size()) + "\n");
		results.forEach((scenario, rows) -> {
			table.append("| " + scenario.name() + " |");
			rows.forEach((row) -> table.append(" " + row.p99() + " |"));
			table.append("\n");
		});
		return table.append("\n").toString();
	}

}
