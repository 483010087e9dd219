package io.scalesrpc.balancer.dispatch;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.ZoneSettings;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.PickerContext;
import io.scalesrpc.balancer.node.Snapshot;
import io.scalesrpc.balancer.picker.Pickers;
import io.scalesrpc.call.Call;

/**
 * Which nodes come before others, and when a call goes on to the next group.
 * Implementations are <em>immutable</em>.
 */
interface Grouping {

	/**
	 * The group that a node belongs to.
	 * @return a number; calls begin with the lowest
	 */
	int groupOf(Node node);

	/** Makes what picks within a group. */
	Picker newPicker(PickerContext context);

	/** Whether a call goes to a node that was picked for it, and no group is asked. */
	boolean suffices(Node picked, Call call);

	/** Whether a node of a group is the better one, if none so far suffices. */
	boolean isBetter(Node node, Node other, Call call);

	/** The same groups by other settings. */
	default Grouping become(BalancerSettings settings) {
		return this;
	}

	/** A picker for all nodes, which may have priorities. */
	static Picker newPicker(PickerContext context, boolean hasPriorities) {
		return hasPriorities ? new FailoverPicker(context, new Priorities()) : newPickerOfEquals(context);
	}

	private static Picker newPickerOfEquals(PickerContext context) {
		ZoneSettings zone = context.settings().zone();
		return zone.isOn() ? new FailoverPicker(context, new Zones(zone)) : Pickers.of(context);
	}

	/** A group is left when nobody of it is there. <em>Immutable</em>. */
	record Priorities() implements Grouping {

		@Override
		public int groupOf(Node node) {
			return node.member().priority();
		}

		@Override
		public Picker newPicker(PickerContext context) {
			return newPickerOfEquals(context);
		}

		@Override
		public boolean suffices(Node picked, Call call) {
			return picked.state().isAvailable();
		}

		@Override
		public boolean isBetter(Node node, Node other, Call call) {
			return node.state().compareTo(other.state()) < 0;
		}

	}

	/**
	 * The own zone and all others. A call leaves the own one when the member picked there
	 * has no room for it, and goes to another if that has less to do: so just what is too
	 * much leaves, whatever the rate, and comes back with it. <em>Immutable</em>.
	 *
	 * @param own the own zone
	 */
	record Zones(ZoneSettings own) implements Grouping {

		@Override
		public int groupOf(Node node) {
			return node.member().zone().equals(this.own.name()) ? 0 : 1;
		}

		@Override
		public Picker newPicker(PickerContext context) {
			return Pickers.of(context);
		}

		@Override
		public boolean suffices(Node picked, Call call) {
			return Snapshot.rank(picked, call.avoidedTarget()) == 0 && load(picked) <= this.own.maxLoad();
		}

		@Override
		public boolean isBetter(Node node, Node other, Call call) {
			int rank = Snapshot.rank(node, call.avoidedTarget());
			int otherRank = Snapshot.rank(other, call.avoidedTarget());
			return (rank != otherRank) ? rank < otherRank : rank == 0 && load(node) < load(other);
		}

		@Override
		public Grouping become(BalancerSettings settings) {
			return new Zones(this.own.withMaxLoad(settings.zone().maxLoad()));
		}

		/** With the call itself, which has been counted. */
		private static double load(Node node) {
			return node.load() / node.member().weight();
		}

	}

}
