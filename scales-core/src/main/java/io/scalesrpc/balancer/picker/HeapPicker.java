package io.scalesrpc.balancer.picker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * Picks exactly the least loaded available node in O(log n); among equals the one picked
 * longest ago, beginning in random order. Nodes found not available are set apart and
 * looked at again for each pick, which costs one read of a state for each of them. The
 * load of a node that failed lately is higher than its calls in flight; as that fades,
 * the heap is put in order every tenth of a second.
 * <p>
 * <em>Thread-safe</em>: slots and heap are guarded by one lock, which is never held while
 * a sink is asked for its state.
 */
public final class HeapPicker implements Picker {

	private final RandomGenerator random;

	private final Lock lock = new ReentrantLock();

	private final Map<Node, Slot> slots = new HashMap<>();

	/** The slots of nodes that were available when last looked at. */
	private final SlotHeap heap = new SlotHeap();

	/** The other slots; replaced, never changed. */
	private volatile List<Slot> apart = List.of();

	private final FailingSlots failing = new FailingSlots();

	private long picks;

	public HeapPicker(RandomGenerator random) {
		this.random = random;
	}

	@Override
	public void update(List<Node> nodes) {
		// read without the lock: only this method, one thread at a time, changes the map
		Set<Node> present = Set.copyOf(nodes);
		List<Slot> removed = this.slots.values().stream().filter((slot) -> !present.contains(slot.node())).toList();
		List<Slot> added = nodes.stream()
			.filter((node) -> !this.slots.containsKey(node))
			.map((node) -> new Slot(node, -1L - this.random.nextInt(Integer.MAX_VALUE)))
			.toList();
		this.lock.lock();
		try {
			removed.forEach(this::forget);
			added.forEach(this::remember);
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public @Nullable Node pick(Call call, long now) {
		Object avoided = call.avoidedTarget();
		List<Slot> unavailable = this.apart;
		for (int i = 0; i < unavailable.size(); i++) {
			if (unavailable.get(i).node().isAvailable(now)) {
				takeBack(unavailable.get(i));
			}
		}
		for (Slot slot = takeFirst(avoided, now); slot != null; slot = takeFirst(avoided, now)) {
			if (slot.node().isAvailable(now)) {
				return slot.node();
			}
			setApart(slot);
		}
		return takeAny(avoided, now);
	}

	@Override
	public void ended(Node node, Call call, long sent, long now) {
		this.lock.lock();
		try {
			node.release();
			Slot slot = this.slots.get(node);
			if (slot != null) {
				look(slot, now);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * The load is counted before the state is asked, so that nobody else picks it too.
	 */
	private @Nullable Slot takeFirst(@Nullable Object avoided, long now) {
		this.lock.lock();
		try {
			this.failing.due(now).forEach((slot) -> look(slot, now));
			Slot slot = this.heap.first((node) -> node.is(avoided) || node.isPassedOver(this.random, now));
			return (slot != null) ? take(slot, now) : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	/** Nothing is available: the best of what there is. */
	private @Nullable Node takeAny(@Nullable Object avoided, long now) {
		List<Candidate> candidates = this.apart.stream()
			.map((slot) -> new Candidate(slot, slot.node().state(), slot.node().is(avoided)))
			.toList();
		this.lock.lock();
		try {
			Slot best = this.heap.first((node) -> node.is(avoided));
			if (best == null) {
				best = firstKnown(candidates);
			}
			if (best == null && !this.apart.isEmpty()) {
				best = this.apart.get(0);
			}
			return (best != null) ? take(best, now).node() : null;
		}
		finally {
			this.lock.unlock();
		}
	}

	private void setApart(Slot slot) {
		this.lock.lock();
		try {
			slot.node().release();
			if (slot.index() != Slot.NOWHERE) {
				this.heap.remove(slot);
				List<Slot> more = new ArrayList<>(this.apart);
				more.add(slot);
				this.apart = List.copyOf(more);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private void takeBack(Slot slot) {
		this.lock.lock();
		try {
			if (this.apart.contains(slot)) {
				this.apart = without(slot);
				this.heap.add(slot);
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	private Slot take(Slot slot, long now) {
		slot.picked(this.picks++, now);
		reorder(slot);
		return slot;
	}

	private void look(Slot slot, long now) {
		this.failing.look(slot, now);
		reorder(slot);
	}

	private void reorder(Slot slot) {
		if (slot.index() != Slot.NOWHERE) {
			this.heap.moved(slot);
		}
	}

	private void remember(Slot slot) {
		this.slots.put(slot.node(), slot);
		this.heap.add(slot);
	}

	private void forget(Slot slot) {
		this.slots.remove(slot.node());
		this.failing.forget(slot);
		if (slot.index() != Slot.NOWHERE) {
			this.heap.remove(slot);
		}
		else {
			this.apart = without(slot);
		}
	}

	/** The first of those that were not removed meanwhile. */
	private @Nullable Slot firstKnown(List<Candidate> candidates) {
		return candidates.stream()
			.filter((candidate) -> this.slots.containsKey(candidate.slot.node()))
			.min(Candidate.ORDER)
			.map(Candidate::slot)
			.orElse(null);
	}

	private List<Slot> without(Slot slot) {
		List<Slot> fewer = new ArrayList<>(this.apart);
		fewer.remove(slot);
		return List.copyOf(fewer);
	}

	/**
	 * A node to fall back on. <em>Immutable</em>; compared under the lock.
	 *
	 * @param slot its place
	 * @param state its state, asked without the lock
	 * @param avoided whether the call would rather go elsewhere
	 */
	private record Candidate(Slot slot, SinkState state, boolean avoided) {

		private static final Comparator<Candidate> ORDER = Comparator.comparing(Candidate::state)
			.thenComparing(Candidate::avoided)
			.thenComparing(Candidate::slot, Slot.ORDER);

	}

}
