package io.scalesrpc.discovery.zookeeper;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.regex.Pattern;

import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSetUri;
import io.scalesrpc.log.PeerText;
import org.apache.curator.framework.recipes.cache.ChildData;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The nodes below a path as last read. One that cannot be read is left out alone, counted
 * and, among the first, logged; so are nodes that are too large and members that are too
 * many. <em>Confined to the serial tasks of its server set</em>.
 */
final class MemberNodes {

	static final int MAX_DATA_BYTES = 64 * 1024;

	static final int MAX_MEMBERS = 10_000;

	/** Many bad nodes have one cause. */
	private static final int MAX_WARNINGS = 10;

	private static final Pattern HOST = Pattern.compile("[\\w.:%-]{1,255}");

	private static final Logger logger = LoggerFactory.getLogger(MemberNodes.class);

	private final ServerSetUri uri;

	private final NodeFormat format;

	/** By the names of their nodes. */
	private final Map<String, Member> members = new TreeMap<>();

	private final Map<String, WeightVector> vectors = new HashMap<>();

	private final Set<String> bad = new HashSet<>();

	/** Those of them that the log was told of. */
	private final Set<String> warned;

	MemberNodes(ServerSetUri uri, NodeFormat format) {
		this(uri, format, new HashSet<>());
	}

	/**
	 * For a path that is read again.
	 * @param warned the nodes that the log was told of, to which more are added
	 */
	MemberNodes(ServerSetUri uri, NodeFormat format, Set<String> warned) {
		this.uri = uri;
		this.format = format;
		this.warned = warned;
	}

	/**
	 * Takes in what a node holds now.
	 * @param path its path
	 * @param now what it is now; null if it has gone
	 * @return whether the members may have changed
	 */
	boolean changed(String path, @Nullable ChildData now) {
		String start = this.uri.path() + "/";
		String name = path.startsWith(start) ? path.substring(start.length()) : "";
		if (name.isEmpty() || name.indexOf('/') >= 0) {
			return false;
		}
		if (this.format.isMember(name)) {
			return replace(this.members, name, read(name, now, this::member));
		}
		if (this.format.isVector(name)) {
			return replace(this.vectors, name, read(name, now, WeightVector::parse));
		}
		return false;
	}

	private static <T> boolean replace(Map<String, T> nodes, String name, @Nullable T now) {
		T before = (now != null) ? nodes.put(name, now) : nodes.remove(name);
		return !Objects.equals(before, now);
	}

	private @Nullable Member member(byte[] data) {
		Member member = this.format.member(data);
		if (member != null) {
			require(HOST.matcher(member.host()).matches(), "host: " + member.host(), "a name or an address");
		}
		return member;
	}

	private <T> @Nullable T read(String name, @Nullable ChildData node, Function<byte[], @Nullable T> parser) {
		try {
			T value = (node != null) ? parser.apply(data(name, node)) : null;
			this.bad.remove(name);
			this.warned.remove(name);
			return value;
		}
		catch (RuntimeException ex) {
			if (this.bad.add(name) && this.warned.size() < MAX_WARNINGS && this.warned.add(name)) {
				logger.warn("{}: {} left out ({} bad): {}", this.uri, PeerText.printable(name), this.bad.size(),
						PeerText.printable(String.valueOf(ex.getMessage())));
			}
			return null;
		}
	}

	private byte[] data(String name, ChildData node) {
		byte[] data = node.getData();
		int length = (data != null) ? data.length : 0;
		require(length > 0 && length <= MAX_DATA_BYTES, "data: " + length + " bytes", "1.." + MAX_DATA_BYTES);
		int nodes = this.members.size() + this.vectors.size();
		boolean known = this.members.containsKey(name) || this.vectors.containsKey(name);
		require(known || nodes < MAX_MEMBERS, "members: " + nodes + " others", "at most " + MAX_MEMBERS);
		return data;
	}

	private static void require(boolean holds, String what, String expected) {
		if (!holds) {
			throw new IllegalArgumentException(what + " (expected: " + expected + ")");
		}
	}

	/** How many nodes are left out now because they cannot be read. */
	int bad() {
		return this.bad.size();
	}

	/**
	 * One member per address, the first by the name of its node, with all its weights;
	 * without those that weigh nothing.
	 */
	List<Member> members() {
		WeightVector weights = WeightVector.product(this.vectors.values());
		Set<String> addresses = new HashSet<>();
		List<Member> list = new ArrayList<>(this.members.size());
		this.members.forEach((name, member) -> {
			double weight = weights.weigh(name, member);
			if (weight > 0 && addresses.add(member.address())) {
				list.add(new Member(member.host(), member.port(), weight, member.metadata()));
			}
		});
		return list;
	}

}
