package io.scalesrpc.redis.protocol;

import java.util.List;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the servers of a client at one moment. <em>Immutable</em>.
 *
 * @param members the servers
 * @param standings what they said they are; null while nobody has asked these
 * @param primary takes the writes; null if it is not known
 */
record Group(List<Member> members, @Nullable Standings standings, @Nullable Primary primary) {

	/** Before the first list, and of one server: who it is does not matter. */
	static final Group EMPTY = new Group(List.of(), null, null);

	/** Copies the list. */
	Group {
		members = List.copyOf(members);
	}

	/** Whether there are roles to be told apart. */
	boolean hasRoles() {
		return this.members.size() > 1;
	}

	/** Whether replicas may be asked: these are one group, as far as is known. */
	boolean mayRead() {
		return this.standings != null && this.standings.contradiction() == null;
	}

	/** The primary, if a call has a chance there. */
	@Nullable Primary usable() {
		return (this.primary != null && this.primary.isUsable()) ? this.primary : null;
	}

	/** Why there is no primary. */
	Failure refusal() {
		return Failure.of(FailureKind.NOT_SENT, (this.standings != null) ? this.standings.problem() : "no primary yet");
	}

	Group withoutPrimary() {
		return new Group(this.members, this.standings, null);
	}

}
