package io.scalesrpc.balancer.picker;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.Peers;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.NodeActivity;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.PickerContext;
import io.scalesrpc.balancer.node.Snapshot;
import io.scalesrpc.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * Picks the better of two random nodes of this client's {@link RingSlice}.
 * <em>Thread-safe</em>: picks read a snapshot.
 */
final class RingPicker implements Picker {

	private final TwoChoicesPicker picker;

	private final NodeActivity activity;

	/** This and the other fields are changed by the serial writer only. */
	private Coordinate coordinate;

	private int least;

	private List<Node> all = List.of();

	private List<Node> active = List.of();

	RingPicker(PickerContext context) {
		this.picker = new TwoChoicesPicker(new TwoChoices(new LatencyCost(), context.source().random()));
		this.least = context.settings().aperture().minSize();
		this.activity = context.activity();
		this.coordinate = firstCoordinate(context.settings());
	}

	@Override
	public void update(List<Node> nodes) {
		this.all = nodes;
		cut();
	}

	@Override
	public void move(Coordinate newCoordinate) {
		this.coordinate = newCoordinate;
		cut();
	}

	@Override
	public void become(BalancerSettings settings) {
		this.least = settings.aperture().minSize();
		cut();
	}

	private void cut() {
		RingSlice slice = RingSlice.of(this.all, this.coordinate, this.least);
		Set<Node> before = new HashSet<>(this.active);
		Set<Node> now = new HashSet<>(slice.nodes());
		this.active = slice.nodes();
		this.picker.show(new Snapshot(slice.nodes(), slice.weights()));
		slice.nodes().stream().filter((node) -> !before.contains(node)).forEach(this.activity::wake);
		this.all.stream().filter((node) -> node.isActive() && !now.contains(node)).forEach(this.activity::rest);
	}

	@Override
	public @Nullable Node pick(Call call, long now) {
		return this.picker.pick(call, now);
	}

	@Override
	public void ended(Node node, Call call, long sent, long now) {
		this.picker.ended(node, call, sent, now);
	}

	/** The coordinate to begin with. */
	private static Coordinate firstCoordinate(BalancerSettings settings) {
		Peers peers = settings.peers();
		return (peers != null) ? RingSlice.provisional(peers.self()) : settings.coordinate();
	}

}
