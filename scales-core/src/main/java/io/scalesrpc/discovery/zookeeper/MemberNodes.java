package io.scalesrpc.discovery.zookeeper;

import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

import io.scalesrpc.call.PeerText;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetUri;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The member nodes of a path as last read. One that cannot be read is left out alone and
 * told once. <em>Confined to the serial tasks of its server set</em>.
 */
final class MemberNodes {

	private static final Logger logger = LoggerFactory.getLogger(MemberNodes.class);

	private final ServerSetUri uri;

	private final Map<String, Member> members = new TreeMap<>();

	private final Set<String> bad = new HashSet<>();

	private boolean complete;

	private @Nullable List<Member> told;

	MemberNodes(ServerSetUri uri) {
		this.uri = uri;
	}

	boolean changed(@Nullable ChildData before, @Nullable ChildData now) {
		ChildData either = (now != null) ? now : before;
		String start = this.uri.path() + "/member_";
		if (either == null || !either.getPath().startsWith(start)
				|| either.getPath().indexOf('/', start.length()) >= 0) {
			return false;
		}
		Member member = (now != null) ? read(now) : null;
		if (now == null) {
			this.bad.remove(either.getPath());
		}
		Member old = (member != null) ? this.members.put(either.getPath(), member)
				: this.members.remove(either.getPath());
		return (old != null) ? !old.equals(member) : member != null;
	}

	private @Nullable Member read(ChildData node) {
		try {
			Member member = MemberNode.parse(node.getData()).member(this.uri.fragment());
			this.bad.remove(node.getPath());
			return member;
		}
		catch (RuntimeException ex) {
			if (this.bad.add(node.getPath())) {
				logger.warn("{}: member {} left out ({} bad): {}", this.uri, node.getPath(), this.bad.size(),
						PeerText.printable(ex.toString()));
			}
			return null;
		}
	}

	void complete() {
		this.complete = true;
	}

	boolean isComplete() {
		return this.complete;
	}

	boolean isNew(List<Member> now) {
		boolean differs = !now.equals(this.told);
		this.told = now;
		return differs;
	}

	/** One member per address: the first by the name of its node. */
	List<Member> members() {
		Set<String> addresses = new HashSet<>();
		return this.members.values().stream().filter((member) -> addresses.add(member.address())).toList();
	}

}
