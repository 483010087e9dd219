package io.scalesrpc.redis.protocol;

import java.util.List;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.redis.command.Decoders;
import org.jspecify.annotations.Nullable;

/**
 * What a server says that it is. <em>Immutable</em>.
 *
 * @param member the server
 * @param role its role; UNKNOWN if it did not say
 * @param problem why not; empty if it did
 */
record Standing(Member member, Role role, String problem) {

	/** What a server can be. */
	enum Role {

		PRIMARY, REPLICA, CLUSTER, SENTINEL, UNKNOWN

	}

	static Standing unknown(Member member, String problem) {
		return new Standing(member, Role.UNKNOWN, problem);
	}

	/** Reads the answer to HELLO: names and values in turn. */
	static Standing ofHello(Member member, @Nullable Object answer) {
		String mode = "";
		String role = "";
		List<?> list = Decoders.list(answer);
		for (int i = 0; i + 1 < list.size(); i += 2) {
			String name = String.valueOf(Decoders.natural(list.get(i)));
			String value = String.valueOf(Decoders.natural(list.get(i + 1)));
			mode = name.equals("mode") ? value : mode;
			role = name.equals("role") ? value : role;
		}
		return of(member, mode.equals("standalone") ? role : mode);
	}

	/** Reads the answer to ROLE, for servers that have no HELLO. */
	static Standing ofRole(Member member, @Nullable Object answer) {
		List<?> list = Decoders.list(answer);
		return of(member, list.isEmpty() ? "" : String.valueOf(Decoders.natural(list.get(0))));
	}

	private static Standing of(Member member, String word) {
		return switch (word) {
			case "master" -> new Standing(member, Role.PRIMARY, "");
			case "slave", "replica" -> new Standing(member, Role.REPLICA, "");
			case "cluster" -> new Standing(member, Role.CLUSTER, "");
			case "sentinel" -> new Standing(member, Role.SENTINEL, "");
			default -> unknown(member, "says that it is '" + word + "'");
		};
	}

}
