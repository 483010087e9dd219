package io.scalesrpc.redis.protocol;

import java.util.List;
import java.util.function.Consumer;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.discovery.SourceStatus;
import io.scalesrpc.redis.ReadFrom;
import org.jspecify.annotations.Nullable;

/**
 * The servers that a balancer chooses from: the only one there is, or those of several
 * that are asked to read. <em>Confined to the serial executor of its destination</em>,
 * but for {@link #status()}.
 */
final class Readers implements ServerSet {

	private final ServerSet members;

	private final ReadFrom readFrom;

	private @Nullable Consumer<List<Member>> watcher;

	private @Nullable List<Member> now;

	/**
	 * Creates the set.
	 * @param members all servers; closed with this set
	 * @param readFrom which of several are asked
	 */
	Readers(ServerSet members, ReadFrom readFrom) {
		this.members = members;
		this.readFrom = readFrom;
	}

	/** Whether reads go anywhere but to the primary, if there are several servers. */
	boolean areOthers() {
		return this.readFrom != ReadFrom.PRIMARY;
	}

	/** Follows all servers. */
	void follow(Consumer<List<Member>> told) {
		this.members.watch(told);
	}

	/** The only server, or none. */
	void are(List<Member> all) {
		if (!all.equals(this.now)) {
			this.now = all;
			tell();
		}
	}

	/** Several servers, of which it is known what they are. */
	void are(Standings standings) {
		List<Member> all = standings.all().stream().map(Standing::member).toList();
		switch (this.readFrom) {
			case PRIMARY -> are(List.of());
			case REPLICAS -> are(standings.replicas());
			case ANY -> are(all);
		}
	}

	@Override
	public void watch(Consumer<List<Member>> told) {
		this.watcher = told;
		tell();
	}

	private void tell() {
		if (this.watcher != null && this.now != null) {
			this.watcher.accept(this.now);
		}
	}

	@Override
	public SourceStatus status() {
		return this.members.status();
	}

	@Override
	public void close() {
		this.members.close();
	}

	@Override
	public String toString() {
		return this.members.toString();
	}

}
