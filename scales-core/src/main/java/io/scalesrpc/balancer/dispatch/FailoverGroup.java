package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.PickerContext;

/**
 * The nodes of one group and what picks among them. AWAKE, with connections; or ASLEEP,
 * when its nodes rest and the picker has none. <em>Changed by the balancer's serial
 * writer only</em>; whoever picks reads what is volatile.
 */
final class FailoverGroup {

	private final PickerContext context;

	private final Picker picker;

	private volatile List<Node> nodes = List.of();

	private volatile Set<Node> members = Set.of();

	private volatile boolean awake;

	/** When it was needed last; of those who write at once any may be right. */
	private volatile long needed;

	FailoverGroup(PickerContext context, Picker picker) {
		this.context = context;
		this.picker = picker;
	}

	Picker picker() {
		return this.picker;
	}

	boolean isAwake() {
		return this.awake;
	}

	boolean contains(Node node) {
		return this.members.contains(node);
	}

	/** Which part of all calls it can take. */
	double capacity() {
		return Picker.capacityOf(this.nodes);
	}

	/**
	 * Takes over who belongs to it.
	 * @param now its nodes, at least one
	 * @param first whether no other group comes before it
	 */
	void update(List<Node> now, boolean first) {
		this.nodes = List.copyOf(now);
		this.members = Set.copyOf(now);
		if (this.awake) {
			this.picker.update(this.nodes);
		}
		else if (first) {
			wake(this.context.source().ticker().nanos());
		}
		else {
			this.nodes.stream().filter(Node::isActive).forEach(this.context.activity()::rest);
		}
	}

	/** Nobody belongs to it any more. */
	void clear() {
		this.nodes = List.of();
		this.members = Set.of();
		this.picker.update(this.nodes);
	}

	/** It is needed: calls go there from now on. */
	void wake(long now) {
		this.needed = now;
		if (!this.awake) {
			this.awake = true;
			if (!wakesItself()) {
				this.nodes.stream().filter((node) -> !node.isActive()).forEach(this.context.activity()::wake);
			}
			this.picker.update(this.nodes);
		}
	}

	/** A call goes there. */
	void used(long now) {
		this.needed = now;
	}

	/** It is not needed: it rests when that has been so for a while. */
	void restAfter(Duration time, long now) {
		if (this.awake && now - this.needed >= time.toNanos()) {
			this.awake = false;
			this.picker.update(List.of());
			this.nodes.stream().filter(Node::isActive).forEach(this.context.activity()::rest);
		}
	}

	/** Pickers with a window, or with groups, wake the nodes in it themselves. */
	private boolean wakesItself() {
		BalancerType type = this.context.settings().type();
		return this.picker instanceof FailoverPicker || type == BalancerType.APERTURE
				|| type == BalancerType.DETERMINISTIC_APERTURE;
	}

}
