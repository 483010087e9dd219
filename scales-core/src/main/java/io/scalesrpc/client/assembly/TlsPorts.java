package io.scalesrpc.client.assembly;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.SourceStatus;

/**
 * The members of a set at the ports on which they speak TLS, where they have one of their
 * own for it. <em>Thread-safe</em> if the set is.
 *
 * @param set tells the members
 */
record TlsPorts(ServerSet set) implements ServerSet {

	@Override
	public void watch(Consumer<List<Member>> watcher) {
		this.set.watch((members) -> watcher.accept(members.stream().map(TlsPorts::encrypted).distinct().toList()));
	}

	private static Member encrypted(Member member) {
		String port = member.metadata().get(Member.SSL_PORT);
		if (port == null) {
			return member;
		}
		Map<String, String> rest = new HashMap<>(member.metadata());
		rest.remove(Member.SSL_PORT);
		return new Member(member.host(), Integer.parseInt(port), member.weight(), rest);
	}

	@Override
	public boolean hasPriorities() {
		return this.set.hasPriorities();
	}

	@Override
	public SourceStatus status() {
		return this.set.status();
	}

	@Override
	public void close() {
		this.set.close();
	}

	@Override
	public String toString() {
		return this.set.toString();
	}

}
