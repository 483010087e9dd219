package io.scalesrpc.balancer.picker;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The slots of a {@link HeapPicker} whose nodes failed lately and whose places in the
 * heap therefore change with time. <em>Guarded by the picker's lock.</em>
 */
final class FailingSlots {

	/** How often time is let in: in a tenth of a second failures fade by 2 percent. */
	private static final long FADING_NANOS = Duration.ofMillis(100).toNanos();

	private final Set<Slot> slots = new HashSet<>();

	private long looked;

	/** Looks at the failures of one node, whose place is then to be found again. */
	void look(Slot slot, long now) {
		if (slot.hasFailures(now)) {
			this.looked = this.slots.isEmpty() ? now : this.looked;
			this.slots.add(slot);
		}
		else {
			this.slots.remove(slot);
		}
	}

	/** The slots to be looked at again; none if that was done a moment ago. */
	List<Slot> due(long now) {
		if (this.slots.isEmpty() || now - this.looked < FADING_NANOS) {
			return List.of();
		}
		this.looked = now;
		return List.copyOf(this.slots);
	}

	void forget(Slot slot) {
		this.slots.remove(slot);
	}

}
