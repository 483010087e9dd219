package io.scalesrpc.finagle.failing;

import java.util.List;

import io.scalesrpc.failing.Manners;

/**
 * Shows what retries do to a service that fails, without a budget and with ours. Run by
 * {@code failing.sh}. <em>Stateless</em>.
 */
public final class FailingMain {

	private static final List<String> SCENARIOS = List.of("amplification", "metastable");

	private FailingMain() {
	}

	/**
	 * Runs scenarios.
	 * @param args their names; none for all
	 */
	public static void main(String[] args) {
		List<String> chosen = (args.length > 0) ? List.of(args) : SCENARIOS;
		for (String name : chosen) {
			switch (name) {
				case "amplification" -> amplification();
				case "metastable" -> metastable();
				default ->
					throw new IllegalArgumentException("scenario: " + name + " (expected: one of " + SCENARIOS + ")");
			}
		}
		System.exit(0);
	}

	private static void amplification() {
		Amplification scenario = new Amplification();
		scenario.run(Manners.CARELESS, 10);
		scenario.run(Manners.DEFAULT, 1000);
		scenario.run(Manners.DEFAULT, 5000);
	}

	private static void metastable() {
		Metastable scenario = new Metastable();
		scenario.run(Manners.CARELESS);
		scenario.run(Manners.DEFAULT);
	}

}
