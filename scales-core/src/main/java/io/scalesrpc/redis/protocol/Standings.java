package io.scalesrpc.redis.protocol;

import java.util.List;
import java.util.stream.Collectors;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.redis.protocol.Standing.Role;
import org.jspecify.annotations.Nullable;

/**
 * What all servers of a group say that they are. <em>Immutable</em>.
 *
 * @param all one for each member
 */
record Standings(List<Standing> all) {

	/** Copies the list. */
	Standings {
		all = List.copyOf(all);
	}

	/** Whether these servers were asked, and no others. */
	boolean areOf(List<Member> members) {
		return this.all.size() == members.size()
				&& this.all.stream().allMatch((standing) -> members.contains(standing.member()));
	}

	/** The one primary; null if there is none, or a {@link #contradiction()}. */
	@Nullable Member primary() {
		List<Member> primaries = with(Role.PRIMARY);
		return (primaries.size() == 1 && contradiction() == null) ? primaries.get(0) : null;
	}

	/** Those that replicate the primary, or may come to do so. */
	List<Member> replicas() {
		Member primary = primary();
		return this.all.stream().map(Standing::member).filter((member) -> !member.equals(primary)).toList();
	}

	/** Why the members are no replication group; null if they may be one. */
	@Nullable String contradiction() {
		if (!with(Role.SENTINEL).isEmpty()) {
			return names(with(Role.SENTINEL)) + " is a Sentinel, which keeps no data"
					+ " (expected: the uri has the servers themselves, a primary and its replicas)";
		}
		if (!with(Role.CLUSTER).isEmpty()) {
			return names(with(Role.CLUSTER)) + " is part of a cluster, which is not supported"
					+ " (expected: a primary and its replicas)";
		}
		return (with(Role.PRIMARY).size() > 1) ? "several primaries: " + names(with(Role.PRIMARY))
				+ " (expected: one primary with its replicas; data are not divided between servers)" : null;
	}

	/** Why there is no primary. */
	String problem() {
		String contradiction = contradiction();
		return (contradiction != null) ? contradiction
				: "no primary: " + this.all.stream().map(Standings::text).collect(Collectors.joining("; "));
	}

	private static String text(Standing standing) {
		return standing.member() + " " + ((standing.role() == Role.UNKNOWN) ? standing.problem() : "is a replica");
	}

	List<Member> with(Role role) {
		return this.all.stream().filter((standing) -> standing.role() == role).map(Standing::member).toList();
	}

	static String names(List<Member> members) {
		return members.stream().map(Member::address).sorted().collect(Collectors.joining(", "));
	}

}
