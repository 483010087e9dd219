package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.time.Ticker;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of several threads while the set and the states change. <em>Confined to the
 * test's threads.</em>
 */
@ParameterizedClass
@EnumSource
class BalancerRaceTests {

	private static final int CALLERS = 3;

	/**
	 * More than it takes for all that wait to be sent, some at first, twice as many each
	 * time.
	 */
	private static final int ROUNDS = 20;

	private static final int CALLS = 8_000;

	private final FakeTime time = new FakeTime();

	private final FakeServerSet set = new FakeServerSet();

	private final ConcurrentLinkedQueue<FakeSink> sinks = new ConcurrentLinkedQueue<>();

	private final ConcurrentLinkedQueue<Call> inFlight = new ConcurrentLinkedQueue<>();

	/** Lists that were told and followed. */
	private final AtomicInteger changes = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger refused = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	private final boolean latencyCounts;

	private final Balancer balancer;

	BalancerRaceTests(BalancerType type) {
		this.latencyCounts = Set.of(BalancerType.APERTURE, BalancerType.DETERMINISTIC_APERTURE, BalancerType.P2C_EWMA)
			.contains(type);
		this.balancer = new Balancer(this.set, BalancerSettings.of(type).withSlowStart(Duration.ZERO), this::make,
				new ClientMetrics(new SimpleMeterRegistry(), "calculator", "thriftmux"),
				new TimeAndChance(Ticker.SYSTEM, this.time, ScriptedRandom.seeded(5), BalancerRaceTests::reject));
	}

	@RepeatedTest(2)
	void noCallIsLostAndNoLoadIsLeftWhileTheSetChanges() throws InterruptedException {
		this.balancer.open();
		this.set.tell(BalancerFixture.members(4));
		// calls that come before a member is open wait, and not so many may
		this.balancer.open(() -> {
		});
		Thread changer = start(this::changeMembers);
		Thread flapper = start(this::changeStates);
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			callers.add(start(this::call));
		}
		for (Thread caller : callers) {
			caller.join();
		}
		this.over.set(true);
		changer.join();
		flapper.join();
		// calls that found every member down wait
		this.sinks.stream().filter((sink) -> !sink.isClosed()).forEach((sink) -> sink.state(SinkState.OPEN));
		for (int round = 0; round < ROUNDS && ended() < CALLERS * CALLS; round++) {
			this.time.advance(WaitForReady.ROUND);
			this.inFlight.forEach((call) -> call.end(Reply.EMPTY));
		}
		assertThat(ended()).isEqualTo(CALLERS * CALLS);
		assertThat(this.answered.get()).isGreaterThan(CALLERS * CALLS / 2);
		assertThat(this.balancer.nodes()).isNotEmpty().allMatch((node) -> node.load() == 0);
		assertThat(this.balancer.pending()).isZero();
		assertMembersAreStillPicked();
		this.balancer.close(Duration.ZERO);
		assertThat(this.sinks).allMatch(FakeSink::isClosed);
	}

	/**
	 * So whoever runs serial tasks runs them all; one that ran them here would recurse.
	 */
	private static void reject(Runnable task) {
		throw new RejectedExecutionException();
	}

	private int ended() {
		return this.answered.get() + this.refused.get();
	}

	private void assertMembersAreStillPicked() {
		this.sinks.stream().filter((sink) -> !sink.isClosed()).forEach((sink) -> sink.state(SinkState.OPEN));
		Set<Object> targets = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			Call call = Calls.unwatched();
			this.balancer.dispatch(call);
			targets.add(String.valueOf(call.target()));
		}
		// where latency counts, those whose calls were held for long are avoided
		assertThat(targets).hasSizeBetween(this.latencyCounts ? 2 : 6, 6);
		this.inFlight.forEach((call) -> call.end(Reply.EMPTY));
	}

	private void call() {
		for (int i = 0; i < CALLS; i++) {
			Call call = Calls.unwatched();
			call.onOutcome(
					(ended, outcome) -> ((outcome instanceof Reply) ? this.answered : this.refused).incrementAndGet());
			this.balancer.dispatch(call);
			// Refused at once: too many wait, and all that follow would be refused as
			// well.
			while (call.isEnded() && !this.balancer.state().isAvailable()) {
				Thread.yield();
			}
			Call earlier = (this.inFlight.size() > 20) ? this.inFlight.poll() : null;
			if (earlier != null) {
				earlier.end(Reply.EMPTY);
			}
		}
	}

	/**
	 * No list before the one before it was followed: whoever runs serial tasks would
	 * never come to their end.
	 */
	private void changeMembers() {
		RandomGenerator random = ScriptedRandom.seeded(11);
		while (!this.over.get()) {
			int members = random.nextInt(1, 7);
			this.set.tell(BalancerFixture.members(members));
			while (this.balancer.nodes().size() != members) {
				Thread.yield();
			}
			this.changes.incrementAndGet();
		}
		this.set.tell(BalancerFixture.members(6));
	}

	private void changeStates() {
		RandomGenerator random = ScriptedRandom.seeded(12);
		SinkState[] states = SinkState.values();
		while (!this.over.get()) {
			int change = this.changes.get();
			for (FakeSink sink : this.sinks) {
				if (!sink.isClosed()) {
					sink.state(states[random.nextInt(states.length)]);
				}
			}
			this.sinks.removeIf((sink) -> sink.isClosed() && sink.pending() == 0);
			while (this.changes.get() == change && !this.over.get()) {
				Thread.yield();
			}
		}
	}

	private Sink make(Member member) {
		FakeSink sink = FakeSink.doing(this::hold);
		this.sinks.add(sink);
		return sink;
	}

	private void hold(Call call) {
		this.inFlight.add(call);
		if (call.target() == null) {
			call.end(Failure.of(FailureKind.INTERNAL, "a call without a target was dispatched"));
		}
	}

	private static Thread start(Runnable runnable) {
		Thread thread = new Thread(runnable);
		thread.start();
		return thread;
	}

}
