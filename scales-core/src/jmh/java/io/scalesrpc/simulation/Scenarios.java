package io.scalesrpc.simulation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.scalesrpc.discovery.Member;

/**
 * What is simulated. <em>Stateless</em>.
 */
final class Scenarios {

	/** A call of a millisecond, as is usual. */
	static final List<SimulatedMethod> USUAL = List.of(new SimulatedMethod("get", ServiceTime.exponential(1)));

	/** A call of exactly a millisecond. */
	static final List<SimulatedMethod> CONSTANT = List.of(new SimulatedMethod("get", ServiceTime.constant(1)));

	/** Servers that are never full. */
	static final int PLENTY = 64;

	private Scenarios() {
	}

	static List<Scenario> all() {
		return Stream
			.of(HealthyScenarios.all().stream(), SlowScenarios.all().stream(), FailingScenarios.all().stream(),
					ChangingScenarios.all().stream())
			.flatMap((scenarios) -> scenarios)
			.toList();
	}

	/** A list with one member more. */
	static List<Member> with(List<Member> members, Member more) {
		List<Member> all = new ArrayList<>(members);
		all.add(more);
		return all;
	}

	/** A list with one member less. */
	static List<Member> without(List<Member> members, Member less) {
		return members.stream().filter((member) -> !member.equals(less)).toList();
	}

	/** Nine light calls and a heavy one. */
	static List<SimulatedMethod> mixed() {
		List<SimulatedMethod> mixed = new ArrayList<>(
				Collections.nCopies(9, new SimulatedMethod("light", ServiceTime.lognormal(1, 0.5))));
		mixed.add(new SimulatedMethod("heavy", ServiceTime.lognormal(100, 0.5)));
		return mixed;
	}

}
