package io.scalesrpc.finagle.balancing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Runs scenarios with one client after the other, each in a JVM of its own, beside
 * Finagle's servers, and prints a table of each. Run by {@code balancing.sh}.
 * <em>Stateless</em>.
 */
public final class BalancingMain {

	private static final int WARM_UP_CALLS = 40_000;

	private static final Map<String, Scenario> SCENARIOS = scenarios();

	private BalancingMain() {
	}

	private static Map<String, Scenario> scenarios() {
		Map<String, Scenario> scenarios = new LinkedHashMap<>();
		scenarios.put("two-members-one-dead", new TwoMembersOneDead());
		scenarios.put("three-members-one-slow", new ThreeMembersOneSlow());
		scenarios.put("eight-members-one-slow",
				new EightMembersOneSlow(0, Duration.ofSeconds(3), Duration.ofSeconds(5)));
		scenarios.put("eight-members-one-slow-paced",
				new EightMembersOneSlow(20_000, Duration.ofSeconds(3), Duration.ofSeconds(10)));
		scenarios.put("poisson", new Poisson("mux-error", 2000, Duration.ofSeconds(3), Duration.ofSeconds(20)));
		scenarios.put("poisson-exceptions", new Poisson("error", 2000, Duration.ofSeconds(3), Duration.ofSeconds(20)));
		scenarios.put("one-of-five-failing", new OneOfFiveFailing(1000, Duration.ofSeconds(10)));
		scenarios.put("one-of-eight-pausing",
				new OneOfEightPausing(200, 1000, Duration.ofSeconds(40), Duration.ofSeconds(60)));
		return scenarios;
	}

	/**
	 * Runs scenarios.
	 * @param args their names separated by commas, or {@code all}; clients separated by
	 * commas, {@code scales-p2c-ewma} or {@code finagle-heap} for instance
	 */
	public static void main(String[] args) throws Exception {
		List<Contender> contenders = Contender.parse((args.length > 1) ? args[1] : Contender.DEFAULT);
		String names = (args.length == 0 || args[0].equals("all")) ? String.join(",", SCENARIOS.keySet()) : args[0];
		for (String name : names.split(",")) {
			Scenario scenario = SCENARIOS.get(name);
			if (scenario == null) {
				throw new IllegalArgumentException(
						"scenario: " + name + " (expected: one of " + SCENARIOS.keySet() + ")");
			}
			System.out.println("\n## " + name + "\n");
			run(scenario, contenders);
		}
		System.exit(0);
	}

	/** The last server is there to warm clients up. */
	private static void run(Scenario scenario, List<Contender> contenders) throws Exception {
		try (Servers servers = Servers.measured(scenario.servers() + 1)) {
			scenario.prepare(servers);
			boolean first = true;
			for (Contender contender : contenders) {
				try (LoadClient client = LoadClient.start(contender)) {
					client.warmUp(servers.address(scenario.servers()), WARM_UP_CALLS);
					print(contender, scenario.run(servers, client), first);
				}
				first = false;
			}
		}
	}

	private static void print(Contender contender, Report report, boolean withHead) {
		if (withHead) {
			List<String> head = new ArrayList<>(List.of("client"));
			head.addAll(report.figures().keySet());
			System.out.println(row(head) + "\n" + "|---".repeat(head.size()) + "|");
		}
		List<String> cells = new ArrayList<>(List.of(contender.name()));
		report.figures().values().forEach((figure) -> cells.add(text(figure)));
		System.out.println(row(cells));
	}

	private static String text(double figure) {
		return (figure == Math.rint(figure)) ? String.format(Locale.ROOT, "%,.0f", figure)
				: String.format(Locale.ROOT, "%.2f", figure);
	}

	private static String row(List<String> cells) {
		return cells.stream().collect(Collectors.joining(" | ", "| ", " |"));
	}

}
