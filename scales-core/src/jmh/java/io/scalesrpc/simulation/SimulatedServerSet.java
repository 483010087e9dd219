package io.scalesrpc.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;

/**
 * A registry in which every client sees a change at once. <em>Confined to the thread that
 * runs the world.</em>
 */
final class SimulatedServerSet implements ServerSet {

	private final List<Consumer<List<Member>>> watchers = new ArrayList<>();

	private List<Member> members = List.of();

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		this.watchers.add(watcher);
		watcher.accept(this.members);
	}

	void tell(List<Member> newMembers) {
		this.members = List.copyOf(newMembers);
		this.watchers.forEach((watcher) -> watcher.accept(this.members));
	}

	List<Member> members() {
		return this.members;
	}

	@Override
	public void close() {
		// the other clients still watch
	}

	@Override
	public String toString() {
		return "simulated";
	}

}
