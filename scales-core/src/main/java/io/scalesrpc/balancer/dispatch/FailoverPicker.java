package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.PickerContext;
import io.scalesrpc.call.Call;
import org.jspecify.annotations.Nullable;

/**
 * Picks among groups of nodes, each with a picker of its own: those of the priorities of
 * members, or the own zone and others. The first group gets all calls while enough of it
 * is available; what it cannot take, by the share that is available with something to
 * spare, goes to the next, and so comes back as its members do. A call that finds nobody
 * in a group, or no room, goes on to the next at once. The nodes of a group that is not
 * needed rest, without connections. <em>Thread-safe</em>: picks read a snapshot, changes
 * are the serial writer's.
 */
final class FailoverPicker implements Picker {

	/** How often it is looked who is available. */
	static final Duration LOOK = Duration.ofMillis(100);

	/** How long a group keeps its connections after it was needed. */
	static final Duration KEEP = Duration.ofMinutes(1);

	/**
	 * Attempts of a call after which the next begins with the second group, as Envoy's
	 * retry policy of previous priorities has it: the first may be about to go.
	 */
	private static final int ATTEMPTS_IN_FIRST = 2;

	private volatile Grouping grouping;

	private PickerContext context;

	/** The groups that some node has, in their order. Of the writer. */
	private final Map<Integer, FailoverGroup> known = new TreeMap<>();

	private final Function<Integer, FailoverGroup> newGroup;

	private final AtomicLong looked;

	private volatile List<FailoverGroup> groups = List.of();

	/** What the groups but the last take together, up to each of them. */
	private volatile double[] shares = {};

	/**
	 * Creates a picker without nodes.
	 * @param context what it may use
	 * @param grouping tells groups apart
	 */
	FailoverPicker(PickerContext context, Grouping grouping) {
		this.grouping = grouping;
		this.context = context;
		this.looked = new AtomicLong(context.source().ticker().nanos() - LOOK.toNanos());
		this.newGroup = (number) -> new FailoverGroup(this.context, this.grouping.newPicker(this.context));
	}

	@Override
	public void update(List<Node> nodes) {
		Map<Integer, List<Node>> byGroup = new TreeMap<>();
		nodes.forEach(
				(node) -> byGroup.computeIfAbsent(this.grouping.groupOf(node), (key) -> new ArrayList<>()).add(node));
		List<FailoverGroup> present = new ArrayList<>();
		byGroup.forEach((number, members) -> {
			FailoverGroup group = this.known.computeIfAbsent(number, this.newGroup);
			group.update(members, present.isEmpty());
			present.add(group);
		});
		this.known.values().stream().filter((group) -> !present.contains(group)).forEach(FailoverGroup::clear);
		this.known.values().retainAll(present);
		this.groups = List.copyOf(present);
		look(this.context.source().ticker().nanos());
	}

	@Override
	public void move(Coordinate coordinate) {
		this.known.values().forEach((group) -> group.picker().move(coordinate));
	}

	@Override
	public void become(BalancerSettings settings) {
		this.context = new PickerContext(settings, this.context.source(), this.context.writer(),
				this.context.activity());
		this.grouping = this.grouping.become(settings);
		this.known.values().forEach((group) -> group.picker().become(settings));
	}

	@Override
	public void review(long now) {
		look(now);
	}

	/** Of the groups together that are awake. */
	@Override
	public double averageLoad() {
		return this.groups.stream()
			.filter(FailoverGroup::isAwake)
			.mapToDouble((group) -> group.picker().averageLoad())
			.sum();
	}

	/** Of all groups together, those included that rest. */
	@Override
	public double capacity(List<Node> nodes) {
		return Math.min(1, this.groups.stream().mapToDouble(FailoverGroup::capacity).sum());
	}

	@Override
	public @Nullable Node pick(Call call, long now) {
		List<FailoverGroup> seen = this.groups;
		Grouping order = this.grouping;
		if (seen.size() > 1) {
			lookSometimes(now);
		}
		Node picked = null;
		FailoverGroup from = null;
		int first = first(call, seen.size());
		for (int i = 0; i < seen.size() && (picked == null || !order.suffices(picked, call)); i++) {
			FailoverGroup group = seen.get((first + i) % seen.size());
			if (!group.isAwake()) {
				this.context.writer().execute(() -> wake(group));
			}
			Node node = group.picker().pick(call, now);
			if (node != null && (picked == null || order.isBetter(node, picked, call))) {
				giveBack(picked, from, call, now);
				picked = node;
				from = group;
			}
			else {
				giveBack(node, group, call, now);
			}
		}
		if (from != null && from != seen.get(0)) {
			from.used(now);
		}
		return picked;
	}

	private static void giveBack(@Nullable Node node, @Nullable FailoverGroup from, Call call, long now) {
		if (node != null && from != null) {
			node.freeTrial(now);
			from.picker().ended(node, call, now, now);
		}
	}

	/** The group that a call begins with. */
	private int first(Call call, int count) {
		if (call.attempts() >= ATTEMPTS_IN_FIRST && count > 1) {
			return 1;
		}
		double[] seen = this.shares;
		if (count < 2 || seen.length == 0 || seen[0] >= 1) {
			return 0;
		}
		double chance = this.context.source().random().nextDouble();
		for (int i = 0; i < seen.length && i < count; i++) {
			if (chance < seen[i]) {
				return i;
			}
		}
		return 0;
	}

	@Override
	public void ended(Node node, Call call, long sent, long now) {
		List<FailoverGroup> seen = this.groups;
		for (FailoverGroup group : seen) {
			if (group.contains(node)) {
				group.picker().ended(node, call, sent, now);
				return;
			}
		}
		// It has left: only its load is to be taken back.
		node.release();
	}

	private void wake(FailoverGroup group) {
		if (this.groups.contains(group)) {
			group.wake(this.context.source().ticker().nanos());
		}
	}

	private void lookSometimes(long now) {
		long last = this.looked.get();
		if (now - last >= LOOK.toNanos() && this.looked.compareAndSet(last, now)) {
			this.context.writer().execute(() -> look(now));
		}
	}

	private void look(long now) {
		List<FailoverGroup> seen = this.groups;
		double[] sums = new double[seen.size()];
		double taken = 0;
		for (int i = 0; i < seen.size(); i++) {
			FailoverGroup group = seen.get(i);
			if (i > 0 && taken >= 1) {
				group.restAfter(KEEP, now);
			}
			else if (i > 0) {
				group.wake(now);
			}
			taken = Math.min(1, taken + group.capacity());
			sums[i] = taken;
		}
		this.shares = sums;
	}

}
