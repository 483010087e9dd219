package io.scalesrpc.balancer;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

import io.scalesrpc.call.Sink;
import io.scalesrpc.discovery.Member;

/**
 * Makes the nodes for a new list of members out of the nodes there are. <em>Stateless;
 * called by the balancer's serial writer.</em>
 */
final class NodeList {

	private NodeList() {
	}

	/**
	 * The nodes for a list of members: those of servers known before stay and take over
	 * what changed about the member.
	 * @param before the nodes there are
	 * @param members the new list
	 * @param sinks makes the sink for a server that is new
	 * @return a node for each server, in the order of the list
	 */
	static List<Node> following(List<Node> before, List<Member> members, Function<Member, Sink> sinks) {
		Map<String, Node> known = new HashMap<>();
		before.forEach((node) -> known.put(node.member().address(), node));
		List<Node> after = new ArrayList<>(members.size());
		for (Member member : members) {
			Node node = known.remove(member.address());
			if (node == null) {
				node = new Node(member, sinks.apply(member));
			}
			node.member(member);
			after.add(node);
		}
		return List.copyOf(after);
	}

}
