package io.scalesrpc.balancer.picker;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

import io.scalesrpc.balancer.node.Node;
import org.jspecify.annotations.Nullable;

/**
 * A binary min-heap whose slots know their index, so that one whose load changed finds
 * its new place in O(log n). <em>Guarded by the picker's lock.</em>
 */
final class SlotHeap {

	private final List<Slot> slots = new ArrayList<>();

	void add(Slot slot) {
		this.slots.add(slot);
		slot.index(this.slots.size() - 1);
		moved(slot);
	}

	void remove(Slot slot) {
		int index = slot.index();
		Slot last = this.slots.remove(this.slots.size() - 1);
		slot.index(Slot.NOWHERE);
		if (last.index() != Slot.NOWHERE) {
			put(last, index);
			moved(last);
		}
	}

	/** Restores the order after the load of one slot changed. */
	void moved(Slot slot) {
		siftUp(slot);
		siftDown(slot);
	}

	/**
	 * The first slot, or the second if the first is to be passed over and there is a
	 * second.
	 * @param passedOver whether a node is
	 * @return the slot, or {@code null} if the heap is empty
	 */
	@Nullable Slot first(Predicate<Node> passedOver) {
		if (this.slots.isEmpty()) {
			return null;
		}
		Slot first = this.slots.get(0);
		boolean pass = this.slots.size() > 1 && passedOver.test(first.node());
		return pass ? this.slots.get(lesserChild(0)) : first;
	}

	private void siftUp(Slot slot) {
		int index = slot.index();
		while (index > 0 && slot.isBefore(this.slots.get((index - 1) / 2))) {
			put(this.slots.get((index - 1) / 2), index);
			index = (index - 1) / 2;
		}
		put(slot, index);
	}

	private void siftDown(Slot slot) {
		int index = slot.index();
		int child = lesserChild(index);
		while (child < this.slots.size() && this.slots.get(child).isBefore(slot)) {
			put(this.slots.get(child), index);
			index = child;
			child = lesserChild(index);
		}
		put(slot, index);
	}

	/** The index of the child that comes first; beyond the end if there is none. */
	private int lesserChild(int parent) {
		int left = 2 * parent + 1;
		boolean right = left + 1 < this.slots.size() && this.slots.get(left + 1).isBefore(this.slots.get(left));
		return right ? left + 1 : left;
	}

	private void put(Slot slot, int index) {
		this.slots.set(index, slot);
		slot.index(index);
	}

}
