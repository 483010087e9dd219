package io.scalesrpc.balancer.picker;

import java.util.List;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.PickerContext;
import io.scalesrpc.balancer.node.Snapshot;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.RoutingHash;
import org.jspecify.annotations.Nullable;

/**
 * Sends calls of one key to one node, by a {@link HashRing}, with bounded loads
 * (Mirrokni, Thorup and Zadimoghaddam, 2018): a node that has more than its share of the
 * calls in flight, is down, fails or is just beginning passes a call on. Where to is
 * another place of the same key on the ring (random jumps; Chen, Coleman and Shrivastava,
 * 2021), so that what one node cannot take is spread over all, and calls of a key meet
 * again. Calls without a key go to the better of two random nodes, as in a window that
 * holds all. <em>Thread-safe</em>: picks read a snapshot.
 */
public final class HashPicker implements Picker {

	/** Fewer calls in flight are no load, whatever the others have. */
	public static final int FEW = 8;

	private static final int MAX_PLACES = 32;

	private final TwoChoicesPicker keyless;

	private final RandomGenerator random;

	private volatile double bound;

	private volatile Ring ring = new Ring(Snapshot.EMPTY, HashRing.of(List.of()));

	HashPicker(PickerContext context) {
		this.random = context.source().random();
		this.keyless = new TwoChoicesPicker(new TwoChoices(new LatencyCost(), this.random));
		this.bound = context.settings().hashBound();
	}

	@Override
	public void update(List<Node> nodes) {
		Snapshot snapshot = new Snapshot(nodes);
		this.keyless.show(snapshot);
		this.ring = new Ring(snapshot, HashRing.of(nodes.stream().map(Node::member).toList()));
	}

	@Override
	public void become(BalancerSettings settings) {
		this.bound = settings.hashBound();
	}

	@Override
	public @Nullable Node pick(Call call, long now) {
		OptionalLong key = call.options().get(RoutingHash.KEY);
		if (key.isEmpty()) {
			return this.keyless.pick(call, now);
		}
		Ring seen = this.ring;
		if (seen.nodes.size() == 0) {
			return null;
		}
		Node node = seen.nodes.node(find(seen, key.getAsLong(), call.avoidedTarget(), now));
		node.acquire(now);
		return node;
	}

	@Override
	public void ended(Node node, Call call, long sent, long now) {
		this.keyless.ended(node, call, sent, now);
	}

	private int find(Ring seen, long hash, @Nullable Object avoided, long now) {
		int owner = seen.ring.owner(hash);
		int second = -1;
		long place = hash;
		for (int i = 0; i < MAX_PLACES && seen.nodes.size() > 1; i++) {
			int index = seen.ring.owner(place);
			Node node = seen.nodes.node(index);
			if (node.isAvailable(now) && !node.is(avoided)) {
				if (hasRoom(seen.nodes, index) && takes(node, now)) {
					return index;
				}
				second = (second < 0) ? index : second;
			}
			place = HashRing.next(place);
		}
		return (second >= 0) ? second : seen.nodes.search(owner, avoided);
	}

	private boolean takes(Node node, long now) {
		return !node.isPassedOver(this.random, now) && (!node.isSuspect(now) || node.claimsTrial(now));
	}

	/** Asks the others only where there is something to compare. */
	private boolean hasRoom(Snapshot nodes, int index) {
		int load = nodes.node(index).load();
		return load < FEW || load < this.bound * share(nodes, nodes.weight(index));
	}

	/** What a node that weighs so much has of all calls, this one included. */
	private static double share(Snapshot nodes, double weight) {
		double weights = 0;
		long calls = 1;
		for (int i = 0; i < nodes.size(); i++) {
			Node node = nodes.node(i);
			if (node.state().isAvailable()) {
				weights += nodes.weight(i);
				calls += node.load();
			}
		}
		return calls * weight / weights;
	}

	/**
	 * The nodes and where keys belong among them. <em>Immutable</em>, but for the nodes.
	 *
	 * @param nodes the nodes, by their index
	 * @param ring the owner of each place
	 */
	private record Ring(Snapshot nodes, HashRing ring) {
	}

}
