package io.scalesrpc.balancer.node;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.call.Sink;
import io.scalesrpc.discovery.Member;
import org.jspecify.annotations.Nullable;

/**
 * Makes the nodes for a new list of members out of the nodes there are. <em>Immutable;
 * called by the balancer's serial writer.</em>
 *
 * @param settings how long things take
 * @param sinks makes the sink for a member
 * @param patience how long nodes may be silent
 */
public record NodeFactory(BalancerSettings settings, Function<Member, Sink> sinks, Patience patience) {

	public NodeFactory settings(BalancerSettings changed) {
		return new NodeFactory(changed, this.sinks, this.patience);
	}

	/**
	 * The nodes for a list of members: those of servers known before stay and take over
	 * what changed about the member.
	 * @param before the nodes there are
	 * @param members the new list
	 * @param returning gives back the node of a server that left a moment ago
	 * @param began when the slow start of new nodes began
	 * @return a node for each server, in the order of the list
	 */
	public List<Node> following(List<Node> before, List<Member> members, Function<String, @Nullable Node> returning,
			long began) {
		Map<String, Node> known = new HashMap<>();
		before.forEach((node) -> known.put(node.member().address(), node));
		List<Node> after = new ArrayList<>(members.size());
		for (Member member : members) {
			Node node = known.remove(member.address());
			node = (node != null) ? node : returning.apply(member.address());
			node = (node != null) ? node : create(member, began);
			node.member(member);
			after.add(node);
		}
		return List.copyOf(after);
	}

	private Node create(Member member, long began) {
		return new Node(member, new RenewableSink(() -> this.sinks.apply(member)),
				new SlowStart(this.settings.slowStart(), began), new DecayingValue(this.settings.decay()),
				new SilentMembers(this.patience));
	}

}
