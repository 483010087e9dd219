package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.DecayingValue;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.balancer.node.Patience;
import io.scalesrpc.balancer.node.RenewableSink;
import io.scalesrpc.balancer.node.SilentMembers;
import io.scalesrpc.balancer.node.SlowStart;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.LeakWatch;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.testing.TestMethod;
import io.scalesrpc.timeout.DeadlineFilter;

/**
 * A balancer over fake sinks, one for each member, which hold their calls.
 * <em>Thread-safe</em>.
 */
public final class BalancerFixture {

	/** Another method than that of all other calls. */
	public static final MethodSpec HEAVY = new TestMethod("heavy");

	public final FakeServerSet set;

	public final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	public final FakeTime time = new FakeTime();

	public final Balancer balancer;

	private volatile Consumer<FakeSink> making = (sink) -> {
	};

	private final Map<String, FakeSink> sinks = new ConcurrentHashMap<>();

	private final List<FakeSink> made = new CopyOnWriteArrayList<>();

	public BalancerFixture(BalancerType type) {
		this(BalancerSettings.of(type).withSlowStart(Duration.ZERO));
	}

	public BalancerFixture(BalancerSettings settings) {
		this(settings, 42);
	}

	public BalancerFixture(BalancerSettings settings, long seed) {
		this(settings, seed, new FakeServerSet());
	}

	public BalancerFixture(BalancerSettings settings, long seed, FakeServerSet set) {
		this.set = set;
		ClientMetrics metrics = new ClientMetrics(this.registry, "calculator", "thriftmux");
		this.balancer = new Balancer(this.set, settings, this::make, metrics,
				new TimeAndChance(this.time, this.time, ScriptedRandom.seeded(seed), Runnable::run));
		this.balancer.open();
	}

	/** The member with a number. */
	public static Member member(int number) {
		return Member.of("10.0.0." + number, 9090);
	}

	/** A node of its own, which has been there for long. */
	public static Node node(int number, Sink sink) {
		return new Node(member(number), new RenewableSink(() -> sink), new SlowStart(Duration.ZERO, 0),
				new DecayingValue(Duration.ofSeconds(10)), new SilentMembers(new Patience()));
	}

	/** Members with the numbers from 1. */
	public static Member[] members(int count) {
		return IntStream.rangeClosed(1, count).mapToObj(BalancerFixture::member).toArray(Member[]::new);
	}

	public BalancerFixture of(int count) {
		this.set.tell(members(count));
		return this;
	}

	/** The sink made last for a member. */
	public FakeSink sink(int number) {
		FakeSink sink = this.sinks.get(member(number).address());
		if (sink == null) {
			throw new IllegalArgumentException("member: " + number + " (expected: one the set told)");
		}
		return sink;
	}

	/** Every sink ever made. */
	public List<FakeSink> made() {
		return this.made;
	}

	/** Sends a call and holds it. */
	public Call dispatch() {
		Call call = Calls.call();
		this.balancer.dispatch(call);
		return call;
	}

	/** Sends a call of which its caller says something, and holds it. */
	public Call dispatch(CallOptions said) {
		Call call = new Call(Calls.METHOD, new Object[0], new Deadline(0, Long.MAX_VALUE / 2), Context.empty(), said);
		LeakWatch.expect(() -> "unfinished call", call::isEnded);
		this.balancer.dispatch(call);
		return call;
	}

	/** Sends calls that have so much time, and holds them. */
	public List<Call> dispatch(int count, Duration timeout) {
		List<Call> calls = IntStream.range(0, count).mapToObj((i) -> Calls.call(this.time, timeout)).toList();
		calls.forEach(this.balancer::dispatch);
		return calls;
	}

	/** Sends calls one after the other, each answered before the next. */
	public void dispatchAndAnswer(int count) {
		for (int i = 0; i < count; i++) {
			Call call = Calls.unwatched();
			this.balancer.dispatch(call);
			call.end(Reply.EMPTY);
		}
	}

	/** Sends calls one after the other, each at its time; sinks or deadlines end them. */
	public void dispatchEvery(Duration gap, Duration total) {
		DeadlineFilter deadlines = new DeadlineFilter(this.time, this.time);
		for (long i = total.dividedBy(gap); i > 0; i--) {
			deadlines.filter(Calls.call(this.time), this.balancer);
			this.time.advance(gap);
		}
	}

	/** Lets the members from one number to another end their calls at once. */
	public void behave(int from, int to, Outcome outcome) {
		IntStream.rangeClosed(from, to).forEach((n) -> sink(n).behave((call) -> call.end(outcome)));
	}

	/** Lets the members from one number to another do something with their calls. */
	public void behave(int from, int to, Consumer<Call> behaviour) {
		IntStream.rangeClosed(from, to).forEach((n) -> sink(n).behave(behaviour));
	}

	/** Does something with every sink that is made from now on. */
	public void whenMade(Consumer<FakeSink> newMaking) {
		this.making = newMaking;
	}

	/** Sends a call of a method. */
	public void dispatch(MethodSpec method) {
		this.balancer.dispatch(Calls.call(method, new Deadline(0, Long.MAX_VALUE / 2)));
	}

	/** How many calls a member got. */
	public int count(int number) {
		return sink(number).calls().size();
	}

	/** Answers all calls that are held. */
	public void answerAll() {
		this.made.forEach((sink) -> sink.calls().forEach((call) -> call.end(Reply.EMPTY)));
	}

	public int load(int number) {
		return this.balancer.nodes()
			.stream()
			.filter((node) -> node.member().address().equals(member(number).address()))
			.mapToInt(NodeView::load)
			.sum();
	}

	public double meter(String name, String... tags) {
		return this.registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
	}

	private Sink make(Member member) {
		FakeSink sink = FakeSink.holding();
		this.making.accept(sink);
		this.sinks.put(member.address(), sink);
		this.made.add(sink);
		return sink;
	}

}
