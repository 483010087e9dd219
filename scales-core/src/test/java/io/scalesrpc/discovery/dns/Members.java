package io.scalesrpc.discovery.dns;

import java.util.List;
import java.util.Map;

import io.scalesrpc.discovery.Member;

/** The members that tests expect. Stateless. */
final class Members {

	/** The metadata of a member that the name {@code prices} led to. */
	static final Map<String, String> NAMED = Map.of("dns.name", "prices");

	private Members() {
	}

	/** Members of normal weight that the name {@code prices} led to. */
	static List<Member> at(int port, String... hosts) {
		return List.of(hosts).stream().map((host) -> new Member(host, port, 1, NAMED)).toList();
	}

}
