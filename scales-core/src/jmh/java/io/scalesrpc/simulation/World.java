package io.scalesrpc.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.discovery.Member;

/**
 * One run of a scenario with one way of balancing. Every server and client has chance of
 * its own, so that calls come at the same times whatever the balancer. <em>Confined to
 * the thread that runs the world.</em>
 */
final class World {

	/** More than a deadline, a lingering and a draining take. */
	private static final Duration REST = Duration.ofSeconds(3);

	private final VirtualTime time = new VirtualTime();

	private final SplittableRandom random = new SplittableRandom(20261121);

	private final SimulatedServerSet set = new SimulatedServerSet();

	private final Map<Member, SimulatedServer> servers = new LinkedHashMap<>();

	private final Cast cast = new Cast();

	private final List<SimulatedClient> clients = new ArrayList<>();

	private final Subject subject;

	private final Measurements measurements;

	World(Subject subject, Duration from) {
		this.subject = subject;
		this.measurements = new Measurements(from);
	}

	/** Creates a server that is not in the registry yet. */
	Member server(int workers, double weight) {
		int number = this.servers.size() + 1;
		Member member = new Member("10.0." + number / 250 + "." + number % 250, 9090, weight, Map.of());
		this.servers.put(member, new SimulatedServer(this.time, this.random.split(), workers));
		return member;
	}

	/** Creates servers and registers them. */
	List<Member> servers(int count, int workers) {
		List<Member> made = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			made.add(server(workers, 1));
		}
		tell(made);
		return made;
	}

	SimulatedServer get(Member member) {
		SimulatedServer server = this.servers.get(member);
		if (server == null) {
			throw new IllegalArgumentException("member: " + member + " (expected: one of this world)");
		}
		return server;
	}

	/** Changes the registry. Who is not in it now or was not at first is no regular. */
	void tell(List<Member> members) {
		this.cast.told(members);
		this.set.tell(members);
	}

	List<Member> members() {
		return this.set.members();
	}

	/** The member whose share of the calls is shown. */
	void odd(Member member) {
		this.cast.odd(member);
	}

	void at(double seconds, Runnable task) {
		this.time.after((long) (seconds * 1e9) - this.time.elapsed(), task);
	}

	/** Does something again and again, from the first time on. */
	void every(double first, double seconds, Runnable task) {
		at(first, () -> {
			task.run();
			every(first + seconds, seconds, task);
		});
	}

	/** A random stream of its own. */
	RandomGenerator chance() {
		return this.random.split();
	}

	void clients(int count, Load load, List<SimulatedMethod> methods) {
		for (int i = 0; i < count; i++) {
			Site site = new Site(new Coordinate(i, count), this.set, linksOfOneClient(), this.time,
					this.random.split());
			SimulatedClient client = new SimulatedClient(this.time, this.random.split(), methods,
					this.subject.factory().apply(site), this.measurements);
			load.begin(client, this.time, this.random.split());
			this.clients.add(client);
		}
	}

	/** Runs it to its end and says what was seen. */
	Result run(Duration from, Duration until) {
		this.time.runUntil(from);
		this.servers.values().forEach((server) -> server.tally().forgetCalls());
		this.time.runUntil(until);
		Map<Member, Tally> tallies = new LinkedHashMap<>();
		this.servers.forEach((member, server) -> tallies.put(member, server.tally()));
		this.clients.forEach(SimulatedClient::stop);
		Connections connections = Connections.of(tallies.values());
		Shares shares = this.cast.shares(tallies);
		this.time.runUntil(until.plus(REST));
		this.clients.forEach(SimulatedClient::close);
		return new Result(this.subject.name(), this.measurements.percentiles(), this.measurements.failed(),
				this.measurements.failedShare(), shares, connections);
	}

	private Function<Member, Link> linksOfOneClient() {
		RandomGenerator chance = this.random.split();
		return (member) -> new Link(this.time, get(member), chance);
	}

}
