package io.scalesrpc.finagle.registry;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;

import io.scalesrpc.finagle.balancing.Report;

/**
 * Runs the scenarios of this package by name and prints their figures. Run by
 * {@code registry.sh}. <em>Stateless</em>.
 */
public final class RegistryMain {

	private static final Map<String, Callable<Report>> SCENARIOS = scenarios();

	private RegistryMain() {
	}

	private static Map<String, Callable<Report>> scenarios() {
		Map<String, Callable<Report>> scenarios = new LinkedHashMap<>();
		scenarios.put("rolling-restart", () -> new RollingRestart(5, 64).run());
		scenarios.put("zookeeper-gone", () -> new ZooKeeperGone(Duration.ofSeconds(60), false).run());
		scenarios.put("zookeeper-gone-sessions-expired", () -> new ZooKeeperGone(Duration.ofSeconds(60), true).run());
		scenarios.put("many-members", () -> new ManyMembers(2000, 200, 100).run());
		return scenarios;
	}

	/**
	 * Runs scenarios.
	 * @param args their names separated by commas, or {@code all}
	 */
	public static void main(String[] args) throws Exception {
		String names = (args.length == 0 || args[0].equals("all")) ? String.join(",", SCENARIOS.keySet()) : args[0];
		for (String name : names.split(",")) {
			Callable<Report> scenario = SCENARIOS.get(name);
			if (scenario == null) {
				throw new IllegalArgumentException(
						"scenario: " + name + " (expected: one of " + SCENARIOS.keySet() + ")");
			}
			System.out.println("\n## " + name + "\n\n| | |\n|---|---|");
			scenario.call().figures().forEach((what, figure) -> System.out.println(row(what, figure)));
		}
		System.exit(0);
	}

	private static String row(String what, double figure) {
		return String.format(Locale.ROOT, (figure == Math.rint(figure)) ? "| %s | %,.0f |" : "| %s | %.2f |", what,
				figure);
	}

}
