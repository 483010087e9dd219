package io.scalesrpc.simulation;

import java.util.List;

import io.scalesrpc.discovery.Member;

/**
 * Members that come and go. <em>Stateless</em>.
 */
final class ChangingScenarios {

	private ChangingScenarios() {
	}

	static List<Scenario> all() {
		return List.of(new Scenario("One after the other is replaced",
				"Poisson 2000/s; 10 members with 2 workers; every second the oldest leaves the registry and a new one joins.",
				0, 30, ChangingScenarios::rolling),
				new Scenario("A flapping registry",
						"Poisson 2000/s; 10 members with 8 workers; the odd one leaves the registry and joins it ten times a second.",
						0, 30, ChangingScenarios::flapping),
				new Scenario("Two thousand members, all replaced",
						"Poisson 2000/s; 2000 members with 4 workers; in second 10 all leave and 2000 others join.", 0,
						20, ChangingScenarios::replaced));
	}

	private static void rolling(World world) {
		world.servers(10, 2);
		world.every(1, 1, () -> {
			List<Member> fewer = Scenarios.without(world.members(), world.members().get(0));
			world.tell(Scenarios.with(fewer, world.server(2, 1)));
		});
		world.clients(1, Load.open(2000), Scenarios.USUAL);
	}

	private static void flapping(World world) {
		Member odd = world.servers(10, 8).get(0);
		world.odd(odd);
		world.every(5, 0.1, () -> world.tell(Scenarios.without(world.members(), odd)));
		world.every(5.05, 0.1, () -> world.tell(Scenarios.with(world.members(), odd)));
		world.clients(1, Load.open(2000), Scenarios.USUAL);
	}

	private static void replaced(World world) {
		world.servers(2000, 4);
		world.at(10, () -> world.servers(2000, 4));
		world.clients(1, Load.open(2000), Scenarios.USUAL);
	}

}
