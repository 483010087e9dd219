package io.scalesrpc.balancer.picker;

import java.util.List;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.Snapshot;
import io.scalesrpc.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * Picks the better of two random nodes, in O(log n) for the draw by weight.
 * <em>Thread-safe</em>: picks read a snapshot.
 */
final class TwoChoicesPicker implements Picker {

	private final TwoChoices choices;

	private volatile Snapshot snapshot = Snapshot.EMPTY;

	TwoChoicesPicker(TwoChoices choices) {
		this.choices = choices;
	}

	@Override
	public void update(List<Node> nodes) {
		show(new Snapshot(nodes));
	}

	/** Replaces the nodes, with weights that are not those of their members. */
	void show(Snapshot nodes) {
		this.snapshot = nodes;
	}

	@Override
	public @Nullable Node pick(Call call, long now) {
		Snapshot seen = this.snapshot;
		if (seen.size() == 0) {
			return null;
		}
		Node node = seen.node(this.choices.pick(seen, call.avoidedTarget(), now));
		node.acquire(now);
		return node;
	}

	@Override
	public void ended(Node node, Call call, long sent, long now) {
		node.release();
		this.choices.cost().learn(node, call, now - sent, now);
	}

}
