package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.scalesrpc.Internal;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.NodeActivity;
import io.scalesrpc.balancer.node.NodeFactory;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.balancer.node.Patience;
import io.scalesrpc.balancer.node.Picker;
import io.scalesrpc.balancer.node.PickerContext;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.balancer.picker.PeerCoordinate;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.ServerSet;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.time.SerialExecutor;
import org.jspecify.annotations.Nullable;

/**
 * Spreads calls over the members of a server set, which it follows: a new member gets a
 * sink of its own, one that left gets no new calls and its sink is drained, one whose
 * weight changed keeps its connections. Calls that come before the first list is known
 * and a member is connected wait for that, in a bounded queue, unless the source of the
 * set says that it fails; those that come while every member is down wait for one that is
 * not.
 * <p>
 * <em>Thread-safe</em>: calls read a snapshot; changes of the set are serial.
 */
@Internal
public final class Balancer implements Sink {

	/** How many members an error names. */
	private static final int MAX_NAMED = 10;

	private final ServerSet set;

	private final TimeAndChance source;

	private final NodeDispatcher nodeDispatcher;

	private final SerialExecutor writer;

	private final DrainingNodes drainingNodes;

	private final InitialConnect initialConnect;

	private final WaitForReady unreached;

	private final Consumer<Call> whenUnreached = this::unreached;

	/** Changed by the serial writer only; null unless there are peers. */
	private @Nullable PeerCoordinate peers;

	/** Changed by the serial writer only. */
	private NodeFactory factory;

	/** Null until the set told its first list. */
	private volatile @Nullable List<Node> nodes;

	private volatile boolean closed;

	/**
	 * Creates a balancer that has no members until it is opened.
	 * @param set whom to call; closed with the balancer; its text names it in errors
	 * @param settings how to choose
	 * @param members makes the sink for a member, anew whenever that was let rest; must
	 * neither block nor throw
	 * @param metrics where attempts are counted
	 * @param source of time and chance
	 */
	public Balancer(ServerSet set, BalancerSettings settings, Function<Member, Sink> members, ClientMetrics metrics,
			TimeAndChance source) {
		this.set = set;
		this.factory = new NodeFactory(settings, members, new Patience());
		this.source = source;
		this.writer = new SerialExecutor(source.loops());
		this.drainingNodes = new DrainingNodes(this.writer, source.timer());
		this.initialConnect = new InitialConnect(this.writer, source, this::send, this::notBegun);
		AllMembersDown allMembersDown = new AllMembersDown(metrics.client(), source.ticker());
		this.unreached = new WaitForReady(this.writer, source, this::reachable, this::send, allMembersDown);
		PickerContext context = new PickerContext(settings, source, this.writer, new Activity());
		Picker picker = Grouping.newPicker(context, set.hasPriorities());
		this.nodeDispatcher = new NodeDispatcher(picker, source.ticker(), metrics, allMembersDown);
		if (settings.type() == BalancerType.APERTURE) {
			metrics.gauge(MeterNames.APERTURE_LOAD, picker, Picker::averageLoad);
		}
	}

	/** Starts following the set; called once. Never blocks. */
	public void open() {
		this.set.watch((list) -> this.writer.execute(() -> follow(list)));
	}

	/**
	 * Lets the coordinate of this process follow from the set of its peers; called once
	 * at most. Never blocks.
	 * @param all the clients of the service; closed with the balancer
	 * @param self this process, as it is in that set
	 */
	public void join(ServerSet all, Member self) {
		PeerCoordinate joined = new PeerCoordinate(all, self, this.source.timer(), this.writer, this::move);
		this.writer.execute(() -> this.peers = joined);
		joined.open();
		// Who closed it meanwhile has not seen the peers.
		this.writer.execute(() -> {
			if (this.closed) {
				joined.close();
			}
		});
	}

	/**
	 * Takes over other settings of the same type, without a change of members or
	 * connections. Their coordinate counts for nothing. Never blocks.
	 * @param settings how to choose from now on
	 */
	public void become(BalancerSettings settings) {
		this.writer.execute(() -> {
			this.factory = this.factory.settings(settings);
			present().forEach((node) -> node.become(settings));
			this.nodeDispatcher.picker().become(settings);
		});
	}

	/**
	 * Connects to all members calls may go to, as soon as they are known, without waiting
	 * for a call.
	 * @param over told at once
	 */
	@Override
	public void open(Runnable over) {
		this.writer.execute(() -> begin(true));
		over.run();
	}

	/**
	 * Connects to the members and waits for them.
	 * @param enough how many connected members are enough
	 * @param limit how long to wait
	 * @return completes with whether there were enough, on any thread; never fails
	 */
	public CompletionStage<Boolean> ready(int enough, Duration limit) {
		open(() -> {
		});
		return new Readiness(this::connected, this.source.ticker(), this.source.timer()).await(enough, limit);
	}

	@Override
	public void dispatch(Call call) {
		if (call.isEnded()) {
			return;
		}
		if (this.initialConnect.isOver()) {
			send(call);
		}
		else {
			dispatchAtFirst(call);
		}
	}

	/** Waiting is for those who can expect something. */
	private void dispatchAtFirst(Call call) {
		String error = (this.nodes == null) ? this.set.status().lastError() : null;
		if (error != null) {
			this.nodeDispatcher.metrics().count(Event.UNREACHABLE);
			call.end(Failure.of(FailureKind.NOT_SENT, notYetKnown(error)));
			return;
		}
		this.initialConnect.enter(call, () -> {
			if (!this.initialConnect.hasBegun()) {
				begin(false);
			}
		});
	}

	private String notYetKnown(@Nullable String error) {
		return "members: not yet known: " + this.set + ((error != null) ? ": " + error : "")
				+ " (expected: a first list)";
	}

	/** Why a call had to be given up before the first could be sent; on any thread. */
	private String notBegun() {
		List<Node> present = this.nodes;
		if (present == null) {
			return notYetKnown(this.set.status().lastError());
		}
		return (best(present) == SinkState.OPEN)
				? "its turn did not come in time, among the calls that waited for the first member"
				: WaitForReady.reason(active());
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

	/** That of the first member that has one. */
	@Override
	public String problem() {
		for (Node node : present()) {
			String problem = node.sink().problem();
			if (!problem.isEmpty()) {
				return node.member() + ": " + problem;
			}
		}
		return "";
	}

	/**
	 * The members as they are now, without those that left. Never blocks.
	 * @return in the order of the set; empty before the first list
	 */
	public List<NodeView> nodes() {
		long now = this.source.ticker().nanos();
		return present().stream().map((node) -> node.view(now)).toList();
	}

	/**
	 * Whether the members that can be called suffice for all calls: then there is time
	 * for those that come back. Never blocks.
	 * @return {@code false} before the first list
	 */
	public boolean suffices() {
		return this.nodeDispatcher.picker().capacity(active()) >= 1;
	}

	/**
	 * Calls in flight, those to members that left included.
	 * @return zero or more
	 */
	public int pending() {
		return Stream.concat(present().stream(), this.drainingNodes.nodes()).distinct().mapToInt(Node::load).sum();
	}

	/** Closes the sets and, all at once, the sinks of all members. */
	@Override
	public CompletionStage<Void> close(Duration grace) {
		this.closed = true;
		CompletableFuture<Void> done = new CompletableFuture<>();
		this.writer.execute(() -> closeAll(grace).whenComplete((nothing, ex) -> done.complete(null)));
		return done;
	}

	private CompletableFuture<Void> closeAll(Duration grace) {
		this.set.close();
		if (this.peers != null) {
			this.peers.close();
		}
		List<Node> last = present();
		this.nodes = List.of();
		this.nodeDispatcher.picker().update(List.of());
		this.initialConnect.end();
		this.unreached.end((call) -> call.end(nobody()));
		return this.drainingNodes.closeAll(last, grace);
	}

	private void send(Call call) {
		String wanted = call.options().member();
		if (this.closed) {
			call.end(nobody());
		}
		else if (wanted != null) {
			sendTo(wanted, call);
		}
		else if (!this.nodeDispatcher.send(call, this.whenUnreached)) {
			this.nodeDispatcher.metrics().count(Event.UNREACHABLE);
			call.end(nobody());
		}
	}

	private void unreached(Call call) {
		this.nodeDispatcher.metrics().count(Event.UNREACHABLE);
		this.unreached.enter(call);
	}

	/** Its caller has chosen, and nobody else will do. */
	private void sendTo(String wanted, Call call) {
		for (Node node : present()) {
			if (node.member().address().equals(wanted)) {
				this.nodeDispatcher.sendTo(node, call);
				return;
			}
		}
		List<Node> all = present();
		String more = (all.size() > MAX_NAMED) ? " and " + (all.size() - MAX_NAMED) + " more" : "";
		call.end(Failure.withheld("member: " + wanted + ": none of " + this.set + " (expected: one of "
				+ all.stream().map((node) -> node.member().address()).limit(MAX_NAMED).toList() + more + ")"));
	}

	/** Whom calls that wait may go to. */
	private List<Node> reachable() {
		this.nodeDispatcher.picker().review(this.source.ticker().nanos());
		return active();
	}

	private List<Node> active() {
		return present().stream().filter(Node::isActive).toList();
	}

	private void follow(List<Member> list) {
		if (this.closed) {
			return;
		}
		// whoever is there from the beginning is no newer than the others
		long now = this.source.ticker().nanos();
		long began = (this.nodes != null) ? now : now - this.factory.settings().slowStart().toNanos();
		List<Node> before = present();
		List<Node> after = this.factory.following(before, list, this.drainingNodes::comeBack, began);
		Set<Node> left = new HashSet<>(before);
		after.forEach(left::remove);
		measure(before, after, left);
		this.nodeDispatcher.picker().update(after);
		this.nodes = after;
		left.forEach(this.drainingNodes::leave);
		this.unreached.look();
		if (this.initialConnect.hasBegun()) {
			begin(false);
		}
	}

	/** Those who come first: the node of a member that is back is the one it had. */
	private void measure(List<Node> before, List<Node> after, Set<Node> left) {
		ClientMetrics metrics = this.nodeDispatcher.metrics();
		left.forEach(metrics::memberLeft);
		Set<Node> known = new HashSet<>(before);
		after.stream()
			.filter((node) -> !known.contains(node))
			.forEach((node) -> metrics.memberJoined(node.member().address(), node, Node::load,
					(source) -> source.state().isAvailable() ? 1 : 0));
	}

	private void move(Coordinate coordinate) {
		this.nodeDispatcher.picker().move(coordinate);
		if (this.initialConnect.hasBegun()) {
			begin(false);
		}
	}

	/** Before the first list nobody can be opened, and calls wait. */
	private void begin(boolean all) {
		List<Node> present = this.nodes;
		this.initialConnect.begin((present != null) ? active() : null, all);
	}

	private int connected() {
		return (int) present().stream().filter((node) -> node.state() == SinkState.OPEN).count();
	}

	private List<Node> present() {
		List<Node> present = this.nodes;
		return (present != null) ? present : List.of();
	}

	private Failure nobody() {
		String error = this.set.status().lastError();
		String reason = this.closed ? "client is closed"
				: "no members: " + this.set + ((error != null) ? ": " + error : "") + " (expected: at least one)";
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

	/** What pickers do with nodes. <em>Called by the serial writer.</em> */
	private final class Activity implements NodeActivity {

		@Override
		public void wake(Node node) {
			node.wake(Balancer.this.initialConnect.hasBegun());
		}

		@Override
		public void rest(Node node) {
			Balancer.this.drainingNodes.rest(node);
		}

	}

}
