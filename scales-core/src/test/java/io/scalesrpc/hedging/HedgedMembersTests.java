package io.scalesrpc.hedging;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.dispatch.Balancer;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.discovery.StaticServerSet;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.retry.RetryBudget;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The stage above real balancers: eight members answer within some milliseconds, and one
 * of them takes 200 ms for a twentieth of its calls. 1000 calls a second, in virtual
 * time.
 */
class HedgedMembersTests {

	private static final Duration PAUSE = Duration.ofMillis(200);

	private static final int WARM_UP = 5000;

	private static final int CALLS = 60_000;

	private final FakeTime time = new FakeTime();

	private final RandomGenerator random = ScriptedRandom.seeded(7);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ClientMetrics metrics = new ClientMetrics(this.registry, "calculator", "thriftmux");

	private long sent;

	private long discarded;

	private HedgingFilter filter() {
		return new HedgingFilter(this.time, this.time, new RetryBudget(0.2, 100, Duration.ofSeconds(10), this.time),
				this.metrics);
	}

	private Call call(HedgingSettings settings) {
		return new Call(Calls.METHOD, new Object[0], Deadline.after(Duration.ofSeconds(1), this.time.nanos()),
				Context.empty(), CallOptions.of(HedgingSettings.KEY, settings).with(Idempotence.KEY, true));
	}

	private Balancer balancer(BalancerType type, int members, Function<Member, Sink> sinks) {
		List<Member> all = IntStream.range(0, members).mapToObj((i) -> Member.of("10.0.0." + i, 9090)).toList();
		Balancer balancer = new Balancer(new StaticServerSet(all),
				BalancerSettings.of(type).withSlowStart(Duration.ZERO), sinks, this.metrics,
				new TimeAndChance(this.time, this.time, ScriptedRandom.seeded(11), Runnable::run));
		balancer.open();
		return balancer;
	}

	private Sink member(Member member) {
		boolean pausing = member.host().equals("10.0.0.0");
		return FakeSink.doing((call) -> {
			this.sent++;
			boolean paused = pausing && this.random.nextInt(20) == 0;
			long nanos = (long) (-Math.log(this.random.nextDouble()) * 500_000) + 500_000;
			this.time.schedule(() -> answer(call), nanos + (paused ? PAUSE.toNanos() : 0), TimeUnit.NANOSECONDS);
		});
	}

	private void answer(Call call) {
		if (!call.end(Reply.EMPTY)) {
			this.discarded++;
		}
	}

	private Tail run(BalancerType type, HedgingSettings settings) {
		HedgingFilter filter = filter();
		Balancer balancer = balancer(type, 8, this::member);
		long[] latencies = new long[CALLS];
		for (int i = -WARM_UP; i < CALLS; i++) {
			int number = i;
			if (i == 0) {
				this.sent = 0;
				this.discarded = 0;
			}
			Call call = call(settings);
			call.onOutcome((ended, outcome) -> note(latencies, number, call, outcome));
			filter.filter(call, balancer);
			this.time.advance(Duration.ofMillis(1));
		}
		this.time.advance(Duration.ofSeconds(1));
		Arrays.sort(latencies);
		return new Tail(latencies[CALLS - CALLS / 1000] / 1e6, 100.0 * (this.sent - CALLS) / CALLS);
	}

	private void note(long[] latencies, int number, Call call, Outcome outcome) {
		assertThat(outcome).isSameAs(Reply.EMPTY);
		if (number >= 0) {
			latencies[number] = call.deadline().elapsedNanos(this.time.nanos());
		}
	}

	/** Balancers that know latencies shun such a member by themselves. */
	@ParameterizedTest
	@EnumSource(names = { "ROUND_ROBIN", "WEIGHTED_ROUND_ROBIN", "P2C", "HEAP" })
	void theTailIsCutForLessThanAHundredthMoreCalls(BalancerType type) {
		Tail without = run(type, HedgingSettings.OFF);
		Tail with = run(type, HedgingSettings.DEFAULT);
		assertThat(without.p999()).isGreaterThan(200);
		assertThat(with.p999()).isLessThan(10);
		assertThat(with.extra()).isBetween(0.5, 1.0);
		assertThat(this.discarded).isCloseTo(this.sent - CALLS, within(10L));
	}

	@ParameterizedTest
	@EnumSource
	void theSecondAttemptGoesToAnotherMember(BalancerType type) {
		FakeSink[] sinks = Stream.generate(FakeSink::holding).limit(3).toArray(FakeSink[]::new);
		Balancer balancer = balancer(type, 3, (member) -> sinks[member.host().charAt(7) - '0']);
		HedgingFilter filter = filter();
		for (int i = 0; i < 1000; i++) {
			Call call = call(HedgingSettings.DEFAULT.withMaxExtraLoad(0.5));
			filter.filter(call, balancer);
			int members = attempts(sinks);
			// from the 500th on every call takes longer than those before
			this.time.advance(Duration.ofMillis((i < 500) ? 10 : 20));
			assertThat(members).isOne();
			assertThat(attempts(sinks)).isEqualTo(call.attempts());
			call.end(Reply.EMPTY);
			Arrays.stream(sinks).forEach((sink) -> sink.calls().clear());
		}
		assertThat(this.registry.get(MeterNames.HEDGES).tag("event", "sent").counter().count()).isGreaterThan(100);
	}

	/** How many members have an attempt each; none has two. */
	private static int attempts(FakeSink[] sinks) {
		assertThat(sinks).allSatisfy((sink) -> assertThat(sink.calls()).hasSizeLessThan(2));
		return Arrays.stream(sinks).mapToInt((sink) -> sink.calls().size()).sum();
	}

	/**
	 * How long calls took.
	 *
	 * @param p999 in milliseconds
	 * @param extra attempts beyond the calls, in percent
	 */
	private record Tail(double p999, double extra) {
	}

}
