package io.scalesrpc.balancer.picker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.NodeActivity;
import io.scalesrpc.call.SinkState;

/**
 * The nodes that are active, and those that rest, in random order. It holds as many
 * available nodes as are wanted, if there are: each that is down has another in its
 * place, and stays, as long as they are not too many, to be back when it has healed.
 * <em>Confined to the balancer's serial writer.</em>
 */
final class Window {

	/** How often one that is down makes room when too many are. */
	private static final long SWAP_NANOS = Duration.ofMillis(100).toNanos();

	private final RandomGenerator random;

	private final NodeActivity activity;

	/** In the order in which they came. */
	private final List<Node> inside = new ArrayList<>();

	/** The last is the next to come. */
	private final List<Node> outside = new ArrayList<>();

	private long swapped;

	/**
	 * Creates a window without nodes.
	 * @param random decides who is active
	 * @param activity wakes nodes and lets them rest
	 * @param now the time
	 */
	Window(RandomGenerator random, NodeActivity activity, long now) {
		this.random = random;
		this.activity = activity;
		this.swapped = now;
	}

	/** How many nodes there are in all. */
	int total() {
		return this.inside.size() + this.outside.size();
	}

	/** How many are active. */
	int size() {
		return this.inside.size();
	}

	/** The active nodes, a copy. */
	List<Node> active() {
		return List.copyOf(this.inside);
	}

	/** The calls in flight at the active nodes. */
	int load() {
		int load = 0;
		for (Node node : this.inside) {
			load += node.load();
		}
		return load;
	}

	/**
	 * Takes over who is there, and fits.
	 * @param nodes all nodes
	 * @param wanted how many available nodes there should be
	 * @param now the time
	 */
	void update(List<Node> nodes, int wanted, long now) {
		Set<Node> strangers = new HashSet<>(nodes);
		this.inside.removeIf((node) -> !strangers.remove(node));
		this.outside.removeIf((node) -> !strangers.remove(node));
		nodes.stream().filter(strangers::contains).forEach((node) -> {
			this.outside.add(node);
			Collections.swap(this.outside, this.random.nextInt(this.outside.size()), this.outside.size() - 1);
		});
		fit(wanted, now);
		this.inside.forEach(strangers::remove);
		strangers.forEach(this.activity::rest);
	}

	/**
	 * Lets nodes in and out until there are as many as wanted.
	 * @param wanted how many available nodes there should be
	 * @param now the time
	 * @return whether anything changed
	 */
	boolean fit(int wanted, long now) {
		List<Node> before = active();
		for (int missing = wanted - available(); missing > 0 && this.inside.size() < 2 * wanted + 2; missing--) {
			letIn();
		}
		if (available() < wanted && !this.outside.isEmpty() && now - this.swapped >= SWAP_NANOS) {
			this.swapped = now;
			letOut(firstUnavailable());
			letIn();
		}
		for (int surplus = open() - wanted; surplus > 0; surplus--) {
			letOut(worst(now));
		}
		return !before.equals(this.inside);
	}

	/** Lets one more in; the next fitting lets another out as soon as it is connected. */
	boolean exchange() {
		return letIn();
	}

	private boolean letIn() {
		if (this.outside.isEmpty()) {
			return false;
		}
		Node node = this.outside.remove(this.outside.size() - 1);
		this.inside.add(node);
		this.activity.wake(node);
		return true;
	}

	private void letOut(Node node) {
		this.inside.remove(node);
		this.outside.add(0, node);
		this.activity.rest(node);
	}

	private int available() {
		return (int) this.inside.stream().filter((node) -> node.state().isAvailable()).count();
	}

	private int open() {
		return (int) this.inside.stream().filter((node) -> node.state() == SinkState.OPEN).count();
	}

	private Node firstUnavailable() {
		return this.inside.stream().filter((node) -> !node.state().isAvailable()).findFirst().orElseThrow();
	}

	/** The slowest or most failing; the first to have come if there is no difference. */
	private Node worst(long now) {
		Node worst = this.inside.get(0);
		double most = -1;
		for (Node node : this.inside) {
			double badness = (node.state() == SinkState.OPEN) ? node.badness(now) : -1;
			if (badness > most) {
				worst = node;
				most = badness;
			}
		}
		return worst;
	}

}
