package io.scalesrpc.balancer.picker;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.Snapshot;
import io.scalesrpc.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * Picks nodes in turn, in O(1) or, by weight, O(log n). A node that is not available, is
 * suspect or just beginning loses its turn; what it loses is spread over all others as
 * their turns come. When nobody else is left, chance decides. <em>Thread-safe</em>; the
 * turn is all that pickers share.
 */
final class RoundRobinPicker implements Picker {

	/** Turns come back to a heavy node that is down: a few more find another fairly. */
	private static final int MORE_TURNS = 30;

	private final RoundRobinOrder roundRobinOrder;

	private final RandomGenerator random;

	private final AtomicLong turn;

	private volatile Snapshot snapshot = Snapshot.EMPTY;

	RoundRobinPicker(RoundRobinOrder roundRobinOrder, RandomGenerator random) {
		this.roundRobinOrder = roundRobinOrder;
		this.random = random;
		this.turn = new AtomicLong(random.nextInt(Integer.MAX_VALUE));
	}

	@Override
	public void update(List<Node> nodes) {
		this.snapshot = new Snapshot(nodes);
	}

	@Override
	public @Nullable Node pick(Call call, long now) {
		Snapshot seen = this.snapshot;
		if (seen.size() == 0) {
			return null;
		}
		Node node = seen.node(find(seen, call.avoidedTarget(), now));
		node.acquire(now);
		return node;
	}

	@Override
	public void ended(Node node, Call call, long sent, long now) {
		node.release();
	}

	private int find(Snapshot seen, @Nullable Object avoided, long now) {
		for (int i = seen.size() + MORE_TURNS; i > 0; i--) {
			int index = next(seen);
			Node node = seen.node(index);
			if (node.isAvailable(now) && !node.is(avoided) && (!node.isSuspect(now) || node.claimsTrial(now))
					&& !node.isPassedOver(this.random, now)) {
				return index;
			}
		}
		// by chance: a fixed number of turns on, golden steps would be where they began
		return seen.search(this.random.nextInt(seen.size()), avoided);
	}

	private int next(Snapshot seen) {
		return this.roundRobinOrder.index(seen, this.turn.getAndIncrement());
	}

}
