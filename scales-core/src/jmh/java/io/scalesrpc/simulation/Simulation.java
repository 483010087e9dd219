package io.scalesrpc.simulation;

import java.nio.charset.StandardCharsets;
import java.io.PrintStream;
import java.util.List;

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
		out.print(HEAD);
		for (Scenario scenario : Scenarios.all()) {
			if (args.length == 0 || List.of(args).stream().anyMatch(scenario.name()::contains)) {
				out.print(scenario.table(Subject.all().parallelStream().map(scenario::run).toList()));
			}
		}
	}

}
