package io.scalesrpc.simulation;

import java.util.List;

import io.scalesrpc.discovery.Member;

/**
 * Nothing is wrong: how even is it, and how much does it take? <em>Stateless</em>.
 */
final class HealthyScenarios {

	private HealthyScenarios() {
	}

	static List<Scenario> all() {
		return List.of(
				new Scenario("Ten healthy members, little to do", "Poisson 2000/s; 10 members with 8 workers, 1 ms.", 0,
						30, (world) -> healthy(world, 10, 8, 2000)),
				new Scenario("Ten healthy members, busy",
						"Poisson 7000/s; 10 members with 1 worker, 1 ms: 70 % of what they can do.", 0, 15,
						(world) -> healthy(world, 10, 1, 7000)),
				new Scenario("Two members", "Poisson 1000/s; 2 members with 2 workers, 1 ms.", 0, 30,
						(world) -> healthy(world, 2, 2, 1000)),
				new Scenario("A hundred members", "Poisson 2000/s; 100 members with 4 workers, 1 ms.", 0, 30,
						(world) -> healthy(world, 100, 4, 2000)),
				new Scenario("Two thousand members", "Poisson 2000/s; 2000 members with 4 workers, 1 ms.", 0, 20,
						(world) -> healthy(world, 2000, 4, 2000)),
				new Scenario("Twenty clients, a hundred members",
						"20 clients, each Poisson 1000/s; 100 members with 1 worker, 1 ms: 20 % of what they can do.",
						5, 15, HealthyScenarios::fleet),
				new Scenario("Twenty clients, a hundred members, busy",
						"20 clients, each Poisson 3500/s; 100 members with 1 worker, 1 ms: 70 % of what they can do.",
						4, 8, HealthyScenarios::busyFleet),
				new Scenario("Light and heavy calls",
						"Poisson 1000/s, one of ten calls takes 100 ms and the others 1 ms (lognormal); 10 members with 32 workers.",
						0, 30, (world) -> {
							world.servers(10, 32);
							world.clients(1, Load.open(1000), Scenarios.mixed());
						}),
				new Scenario("Light and heavy calls, one member five times as slow",
						"As before; the odd member takes five times as long for both.", 0, 30, (world) -> {
							Member odd = world.servers(10, 32).get(0);
							world.odd(odd);
							world.get(odd).condition().slowness(5);
							world.clients(1, Load.open(1000), Scenarios.mixed());
						}),
				new Scenario("Weights 5, 3 and 2",
						"Poisson 7000/s; members of these weights with 5, 3 and 2 workers, 1 ms: 70 % of what they can do. "
								+ "The odd member is that of weight 5; max/mean is of the calls by weight of the others.",
						0, 15, HealthyScenarios::weights));
	}

	private static void healthy(World world, int members, int workers, double perSecond) {
		world.servers(members, workers);
		world.clients(1, Load.open(perSecond), Scenarios.USUAL);
	}

	private static void fleet(World world) {
		world.servers(100, 1);
		world.clients(20, Load.open(1000), Scenarios.USUAL);
	}

	private static void busyFleet(World world) {
		world.servers(100, 1);
		world.clients(20, Load.open(3500), Scenarios.USUAL);
	}

	private static void weights(World world) {
		List<Member> members = List.of(world.server(5, 5), world.server(3, 3), world.server(2, 2));
		world.tell(members);
		world.odd(members.get(0));
		world.clients(1, Load.open(7000), Scenarios.USUAL);
	}

}
