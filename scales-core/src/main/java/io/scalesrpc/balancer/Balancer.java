package io.scalesrpc.balancer;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.time.SerialExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Spreads calls over the members of a server set, which it follows: a new member gets a
 * sink of its own, one that left is drained (no new calls, those in flight have ten
 * seconds), one whose weight changed keeps its connections. Calls that come before the
 * set told its first list do not wait: they end as {@link FailureKind#NOT_SENT}.
 * <p>
 * <em>Thread-safe</em>: calls read a snapshot; changes of the set are serial.
 */
public final class Balancer implements Sink {

	/** How long calls to a member that left may take. */
	static final Duration DRAIN_GRACE = Duration.ofSeconds(10);

	private final ServerSet set;

	private final Function<Member, Sink> members;

	private final ClientMetrics metrics;

	private final Attempts attempts;

	private final SerialExecutor writer = new SerialExecutor();

	private final Set<Node> draining = ConcurrentHashMap.newKeySet();

	/** Null until the set told its first list. */
	private volatile @Nullable List<Node> nodes;

	private volatile boolean closed;

	/**
	 * Creates a balancer that has no members until it is opened.
	 * @param set whom to call; closed with the balancer; its text names it in errors
	 * @param settings how to choose
	 * @param members makes the sink for a member; must neither block nor throw
	 * @param metrics where attempts are counted, members and pending calls shown
	 * @param source of time and chance
	 */
	public Balancer(ServerSet set, BalancerSettings settings, Function<Member, Sink> members, ClientMetrics metrics,
			TimeAndChance source) {
		this.set = set;
		this.members = members;
		this.metrics = metrics;
		Picker picker = settings.type().newPicker(new PickerContext(settings, source.random()));
		this.attempts = new Attempts(picker, source.ticker(), metrics);
	}

	/** Starts following the set; called once. Never blocks. */
	public void open() {
		BalancerGauges.register(this, this.metrics);
		this.set.watch((list) -> this.writer.execute(() -> follow(list)));
	}

	@Override
	public void dispatch(Call call) {
		if (call.isEnded()) {
			return;
		}
		if (this.closed || !this.attempts.send(call)) {
			call.end(nobody());
		}
	}

	/** The best state of any member; idle before the first list. */
	@Override
	public SinkState state() {
		List<Node> present = this.nodes;
		if (this.closed) {
			return SinkState.CLOSED;
		}
		return (present != null) ? best(present) : SinkState.IDLE;
	}

	/**
	 * The members as they are now, without those that left. Never blocks.
	 * @return in the order of the set; empty before the first list
	 */
	public List<NodeView> nodes() {
		return present().stream().map(Node::view).toList();
	}

	/** Calls in flight, those to members that left included. */
	int pending() {
		return Stream.concat(present().stream(), this.draining.stream()).mapToInt(Node::load).sum();
	}

	/** Closes the set and, all at once, the sinks of all members. */
	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.closed = true;
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.writer.execute(() -> closeAll(grace).whenComplete((nothing, ex) -> done.complete(null)));
		return done;
	}

	private CompletableFuture<Void> closeAll(Duration grace) {
		this.set.close();
		Set<Node> all = Stream.concat(present().stream(), this.draining.stream()).collect(Collectors.toSet());
		this.nodes = List.of();
		this.attempts.picker().update(List.of());
		return CompletableFuture
			.allOf(all.stream().map((node) -> drain(node, grace)).toArray(CompletableFuture<?>[]::new));
	}

	private void follow(List<Member> list) {
		if (this.closed) {
			return;
		}
		List<Node> before = present();
		List<Node> after = NodeList.following(before, list, this.members);
		this.attempts.picker().update(after);
		this.nodes = after;
		before.stream().filter((node) -> !after.contains(node)).forEach((node) -> drain(node, DRAIN_GRACE));
	}

	private CompletableFuture<Void> drain(Node node, Duration grace) {
		this.draining.add(node);
		return node.sink().close(grace).toCompletableFuture().whenComplete((nothing, ex) -> this.draining.remove(node));
	}

	private List<Node> present() {
		List<Node> present = this.nodes;
		return (present != null) ? present : List.of();
	}

	private Failure nobody() {
		String reason = this.closed ? "client is closed"
				: (this.nodes == null) ? "members: not yet known: " + this.set + " (expected: a first list)"
						: "no members: " + this.set + " (expected: at least one)";
		return Failure.of(FailureKind.NOT_SENT, reason);
	}

	private static SinkState best(List<Node> nodes) {
		SinkState best = SinkState.CLOSED;
		for (Node node : nodes) {
			SinkState state = node.state();
			best = (state.compareTo(best) < 0) ? state : best;
		}
		return best;
	}

}
