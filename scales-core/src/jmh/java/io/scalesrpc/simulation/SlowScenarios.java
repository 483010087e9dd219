package io.scalesrpc.simulation;

import java.util.List;
import java.util.random.RandomGenerator;

import io.scalesrpc.discovery.Member;

/**
 * Members that take too long, some of them for a while. <em>Stateless</em>.
 */
final class SlowScenarios {

	private static final long PAUSE = 200_000_000;

	private SlowScenarios() {
	}

	static List<Scenario> all() {
		return List.of(new Scenario("One slow, sixteen callers",
				"A closed loop of 16; 8 members at 1 ms (constant), the odd one at 50 ms.", 0, 10, (world) -> {
					slow(world, 8, Scenarios.PLENTY, 50);
					world.clients(1, Load.closed(16), Scenarios.CONSTANT);
				}), new Scenario("One slow, thirty callers",
						"A closed loop of 30; 3 members at 1 ms (constant), the odd one at 300 ms.", 0, 10, (world) -> {
							slow(world, 3, Scenarios.PLENTY, 300);
							world.clients(1, Load.closed(30), Scenarios.CONSTANT);
						}),
				new Scenario("One slow, and healed",
						"Poisson 2000/s; 10 members with 8 workers; the odd one was 20 times as slow until second 30.",
						50, 80, (world) -> {
							Member odd = slow(world, 10, 8, 20);
							world.at(30, () -> world.get(odd).condition().slowness(1));
							world.clients(1, Load.open(2000), Scenarios.USUAL);
						}),
				few(20, 200), few(100, 80),
				new Scenario("Few calls, one slow, and healed",
						"Poisson 20/s; 12 members with 8 workers; the odd one was 10 times as slow until second 100.", 110,
						230, (world) -> {
							Member odd = slow(world, 12, 8, 10);
							world.at(100, () -> world.get(odd).condition().slowness(1));
							world.clients(1, Load.open(20), Scenarios.USUAL);
						}),
				new Scenario("Half of them slow",
						"Poisson 2000/s; 10 members with 8 workers, five of them (the odd ones) 10 times as slow.", 0,
						30, SlowScenarios::half),
				new Scenario("Twenty clients, ten of a hundred slow",
						"20 clients, each Poisson 3000/s; 100 members with 1 worker, 1 ms, ten of them (the odd ones) three times as slow.",
						4, 8, SlowScenarios::slowInFleet),
				new Scenario("Pauses for garbage",
						"Poisson 4000/s; 10 members with 2 workers, each of which stands still for 200 ms about every 5 s.",
						0, 40, (world) -> {
							world.servers(10, 2).forEach((member) -> pauses(world, member, world.chance()));
							world.clients(1, Load.open(4000), Scenarios.USUAL);
						}),
				new Scenario("A cold member joins",
						"Poisson 3000/s; 5 members with 1 worker, 60 % busy; in second 10 the odd one joins, whose first 500 calls take 20 times as long.",
						10, 40, (world) -> cold(world, 1, 3000)),
				new Scenario("A cold member joins twenty clients", "The same with 20 clients, each Poisson 150/s.", 10,
						40, (world) -> cold(world, 20, 150)));
	}

	private static Scenario few(int perSecond, int until) {
		return new Scenario("Few calls, one slow, " + perSecond + "/s",
				"20 clients, each Poisson " + perSecond
						+ "/s; 12 members with 8 workers, the odd one 10 times as slow.",
				20, until, (world) -> {
					slow(world, 12, 8, 10);
					world.clients(20, Load.open(perSecond), Scenarios.USUAL);
				});
	}

	private static Member slow(World world, int members, int workers, double times) {
		Member odd = world.servers(members, workers).get(0);
		world.odd(odd);
		world.get(odd).condition().slowness(times);
		return odd;
	}

	private static void half(World world) {
		for (Member member : world.servers(10, 8).subList(0, 5)) {
			world.odd(member);
			world.get(member).condition().slowness(10);
		}
		world.clients(1, Load.open(2000), Scenarios.USUAL);
	}

	private static void slowInFleet(World world) {
		for (Member member : world.servers(100, 1).subList(0, 10)) {
			world.odd(member);
			world.get(member).condition().slowness(3);
		}
		world.clients(20, Load.open(3000), Scenarios.USUAL);
	}

	private static void pauses(World world, Member member, RandomGenerator random) {
		double next = 5 * random.nextDouble();
		for (int i = 0; i < 8; i++) {
			world.at(next + 5 * i + random.nextDouble(), () -> world.get(member).pause(PAUSE));
		}
	}

	private static void cold(World world, int clients, double perSecond) {
		world.servers(5, 1);
		Member odd = world.server(1, 1);
		world.odd(odd);
		world.get(odd).condition().cold(500, 20);
		world.at(10, () -> world.tell(Scenarios.with(world.members(), odd)));
		world.clients(clients, Load.open(perSecond), Scenarios.USUAL);
	}

}
