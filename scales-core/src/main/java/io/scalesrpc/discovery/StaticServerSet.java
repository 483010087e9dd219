package io.scalesrpc.discovery;

import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.scalesrpc.Internal;

/**
 * A set of members that never changes: what {@code tcp://} names. <em>Immutable</em>.
 *
 * @param members the members
 */
@Internal
public record StaticServerSet(List<Member> members) implements ServerSet {

	/** Copies the list. */
	public StaticServerSet {
		members = List.copyOf(members);
	}

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		watcher.accept(this.members);
	}

	@Override
	public void close() {
		// holds nothing
	}

	@Override
	public String toString() {
		return "tcp://" + this.members.stream().map(Member::address).collect(Collectors.joining(","));
	}

}
