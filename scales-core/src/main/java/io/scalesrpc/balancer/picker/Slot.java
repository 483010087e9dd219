package io.scalesrpc.balancer.picker;

import java.util.Comparator;

import io.scalesrpc.balancer.node.Node;

/**
 * The place of a node in a {@link HeapPicker}. <em>Guarded by the picker's lock</em>, but
 * for the node.
 */
final class Slot {

	/** The index of a slot that is in no heap. */
	static final int NOWHERE = -1;

	/** Less load first; among equals the one picked longest ago. */
	static final Comparator<Slot> ORDER = Slot::compare;

	private final Node node;

	/** Grows with each pick; negative and random before the first. */
	private long lastPick;

	/** What its node's failures weighed when last looked at. */
	private double failures;

	private int index = NOWHERE;

	Slot(Node node, long lastPick) {
		this.node = node;
		this.lastPick = lastPick;
	}

	Node node() {
		return this.node;
	}

	void picked(long number, long now) {
		this.lastPick = number;
		this.node.acquire(now);
	}

	/** Looks at the failures again; whether there are any. */
	boolean hasFailures(long now) {
		this.failures = this.node.failures(now);
		return this.failures > 0;
	}

	int index() {
		return this.index;
	}

	void index(int newIndex) {
		this.index = newIndex;
	}

	boolean isBefore(Slot other) {
		return ORDER.compare(this, other) < 0;
	}

	private static int compare(Slot one, Slot other) {
		int byLoad = Double.compare(one.node.load() + one.failures, other.node.load() + other.failures);
		return (byLoad != 0) ? byLoad : Long.compare(one.lastPick, other.lastPick);
	}

}
