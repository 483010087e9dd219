package io.scalesrpc.simulation;

import java.util.List;

import io.scalesrpc.discovery.Member;

/**
 * Members that fail, and come back. <em>Stateless</em>.
 */
final class FailingScenarios {

	private static final int FAILS_FROM = 5;

	private static final int HEALS = 30;

	private FailingScenarios() {
	}

	static List<Scenario> all() {
		return List.of(new Scenario("One slow and one failing",
				"Poisson 2000/s; 10 members at 1 ms (constant), one at 50 ms, which is the odd one, and one that fails every call at once.",
				0, 30, (world) -> {
					List<Member> members = world.servers(10, Scenarios.PLENTY);
					world.odd(members.get(0));
					world.get(members.get(0)).condition().slowness(50);
					world.get(members.get(9)).become(Health.FAILS_AT_ONCE);
					world.clients(1, Load.open(2000), Scenarios.CONSTANT);
				}), failing("One of five fails at once", "fails every call at once", Health.FAILS_AT_ONCE),
				healed("One of five failed at once", "failed every call at once", Health.FAILS_AT_ONCE),
				failing("One of five fails late", "fails every call after the work", Health.FAILS_LATE),
				failing("One of five is down", "does not listen", Health.DOWN),
				healed("One of five was down", "did not listen", Health.DOWN),
				new Scenario("All of them fail now and then, busy",
						"Poisson 7000/s; 10 members with 1 worker, 1 ms; each fails one call of ten after the work.", 0,
						15, (world) -> {
							world.servers(10, 1)
								.forEach((member) -> world.get(member).become(Health.FAILS_NOW_AND_THEN));
							world.clients(1, Load.open(7000), Scenarios.USUAL);
						}),
				new Scenario("A flapping server",
						"Poisson 2000/s; 10 members with 8 workers; the odd one goes down and comes up ten times a second.",
						0, 30, FailingScenarios::flapping),
				new Scenario("Most of them down",
						"Poisson 1000/s; of 10 members with 8 workers six, the odd ones, go down in second 5.", 5, 30,
						FailingScenarios::most));
	}

	private static Scenario failing(String name, String what, Health health) {
		return new Scenario(name,
				"Poisson 1000/s; 5 members with 8 workers, 1 ms; from second 5 on the odd one " + what + ".",
				FAILS_FROM, HEALS, (world) -> oneOfFive(world, health));
	}

	private static Scenario healed(String name, String what, Health health) {
		return new Scenario(name,
				"Poisson 1000/s; 5 members with 8 workers, 1 ms; from second 5 to 30 the odd one " + what + ".", 50, 80,
				(world) -> oneOfFive(world, health));
	}

	private static void oneOfFive(World world, Health health) {
		Member odd = world.servers(5, 8).get(0);
		world.odd(odd);
		world.at(FAILS_FROM, () -> world.get(odd).become(health));
		world.at(HEALS, () -> world.get(odd).become(Health.GOOD));
		world.clients(1, Load.open(1000), Scenarios.USUAL);
	}

	private static void flapping(World world) {
		SimulatedServer odd = world.get(world.servers(10, 8).get(0));
		world.odd(world.members().get(0));
		world.every(5, 0.1, () -> odd.become(Health.DOWN));
		world.every(5.05, 0.1, () -> odd.become(Health.GOOD));
		world.clients(1, Load.open(2000), Scenarios.USUAL);
	}

	private static void most(World world) {
		List<Member> members = world.servers(10, 8);
		for (Member member : members.subList(0, 6)) {
			world.odd(member);
			world.at(5, () -> world.get(member).become(Health.DOWN));
		}
		world.clients(1, Load.open(1000), Scenarios.USUAL);
	}

}
