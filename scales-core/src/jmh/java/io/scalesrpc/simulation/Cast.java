package io.scalesrpc.simulation;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.DoubleStream;

import io.scalesrpc.discovery.Member;

/**
 * Which part each member of a scenario plays: the odd ones, whose share of the calls is
 * shown, and the regulars, who were there all the time and should be treated alike.
 * <em>Confined to the thread that runs the world.</em>
 */
final class Cast {

	private final Set<Member> odd = new HashSet<>();

	private final Set<Member> regulars = new HashSet<>();

	private boolean told;

	void odd(Member member) {
		this.odd.add(member);
	}

	void told(List<Member> members) {
		if (this.told) {
			this.regulars.retainAll(Set.copyOf(members));
		}
		else {
			this.regulars.addAll(members);
		}
		this.told = true;
	}

	Shares shares(Map<Member, Tally> tallies) {
		double total = Math.max(1, tallies.values().stream().mapToLong(Tally::calls).sum());
		double odds = this.odd.stream().map(tallies::get).mapToLong(Tally::calls).sum();
		double[] good = tallies.keySet()
			.stream()
			.filter((member) -> this.regulars.contains(member) && !this.odd.contains(member))
			.mapToDouble((member) -> tallies.get(member).calls() / member.weight())
			.toArray();
		double mean = DoubleStream.of(good).average().orElse(Double.NaN);
		double max = DoubleStream.of(good).max().orElse(Double.NaN);
		return new Shares(this.odd.isEmpty() ? Double.NaN : odds / total, (good.length > 1) ? max / mean : Double.NaN);
	}

}
