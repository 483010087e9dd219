package io.scalesrpc.chaos;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.time.Timer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChaosFilterTests {

	private static final Failure TIMEOUT = Failure.of(FailureKind.TIMEOUT, "no answer");

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ClientMetrics metrics = new ClientMetrics(this.registry, "calculator", "thriftmux");

	private final ScriptedRandom random = ScriptedRandom.of();

	private final FakeSink next = FakeSink.ending(Reply.EMPTY);

	private final ChaosFilter filter = filter(this.time, this.random);

	@Test
	void aMethodWithoutChaosPassesAndCostsNoChance() {
		assertThat(send(this.filter, ChaosSettings.OFF).outcome()).isEqualTo(Reply.EMPTY);
	}

	@Test
	void aCallThatIsHitFailsAndSaysSo() {
		ChaosSettings settings = ChaosSettings.OFF.withFailure(new InjectedFailure(FailureKind.CONNECTION_LOST, 30));
		this.random.then(0.2999, 0.3);
		assertThat(send(this.filter, settings).outcome())
			.isEqualTo(Failure.of(FailureKind.CONNECTION_LOST, "CONNECTION_LOST (injected by chaos)"));
		assertThat(send(this.filter, settings).outcome()).isEqualTo(Reply.EMPTY);
		assertThat(count("failure")).isOne();
		assertThat(this.next.calls()).hasSize(1);
	}

	@Test
	void anInjectedNackIsOneForThrottlingAndRetries() {
		ChaosSettings settings = new ChaosSettings(InjectedLatency.NONE, new InjectedFailure(FailureKind.REMOTE, 10),
				20);
		this.random.then(0.19, 0.29, 0.30);
		assertThat(send(this.filter, settings).outcome())
			.isEqualTo(Failure.nack(FailureKind.NOT_SENT, "refused (injected by chaos)", false));
		assertThat(((Failure) send(this.filter, settings).outcome()).kind()).isEqualTo(FailureKind.REMOTE);
		assertThat(send(this.filter, settings).outcome()).isEqualTo(Reply.EMPTY);
		assertThat(count("nack")).isOne();
		assertThat(count("failure")).isOne();
	}

	@Test
	void aCallThatIsHeldBackGoesOnWhenItsTimeHasCome() {
		this.random.then(0.49, 0.5);
		Call call = send(this.filter, latency(Duration.ofMillis(50), 50));
		this.time.advance(Duration.ofMillis(124));
		assertThat(this.next.calls()).isEmpty();
		this.time.advance(Duration.ofMillis(1));
		assertThat(call.outcome()).isEqualTo(Reply.EMPTY);
		assertThat(count("latency")).isOne();
	}

	@Test
	void aCallThatIsHeldBackMayFailAfterwards() {
		ChaosSettings settings = latency(Duration.ofMillis(10), 100)
			.withFailure(new InjectedFailure(FailureKind.REMOTE, 100));
		this.random.then(0.5, 0.5, 0.0);
		Call call = send(this.filter, settings);
		assertThat(call.isEnded()).isFalse();
		this.time.advance(Duration.ofMillis(100));
		assertThat(((Failure) call.outcome()).kind()).isEqualTo(FailureKind.REMOTE);
		assertThat(this.next.calls()).isEmpty();
	}

	@Test
	void aCallThatEndsWhileItIsHeldBackLeavesAtOnce() {
		this.random.then(0.0);
		Call call = send(this.filter, latency(Duration.ZERO, 100));
		assertThat(this.time.pendingTimeouts()).isOne();
		call.end(TIMEOUT);
		assertThat(this.time.pendingTimeouts()).isZero();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.next.calls()).isEmpty();
	}

	@Test
	void aCallThatHasEndedIsLeftAlone() {
		Call call = call(latency(Duration.ZERO, 100));
		call.end(TIMEOUT);
		this.filter.filter(call, this.next);
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void thereIsALimitToTheCallsThatAreHeldBack() {
		HeldCalls held = new HeldCalls(new Never());
		Call first = Calls.unwatched();
		held.tryHold(first, 1, () -> {
		});
		for (int i = 1; i < HeldCalls.MAX; i++) {
			assertThat(held.tryHold(Calls.unwatched(), 1, () -> {
			})).isTrue();
		}
		Call refused = Calls.call();
		assertThat(held.tryHold(refused, 1, () -> {
		})).isFalse();
		assertThat(refused.outcome()).isEqualTo(
				Failure.of(FailureKind.NOT_SENT, "calls held back by chaos: 10000 (expected: fewer than 10000)"));
		first.end(TIMEOUT);
		assertThat(held.count()).isEqualTo(HeldCalls.MAX - 1);
	}

	@Test
	void aClosedTimerLosesNoCall() {
		Timer closed = (task, delay, unit) -> {
			throw new IllegalStateException("closed");
		};
		Call call = send(filter(closed, ScriptedRandom.seeded(1)), latency(Duration.ofMillis(1), 100));
		assertThat(call.outcome()).isEqualTo(Failure.of(FailureKind.NOT_SENT, "the timer is closed"));
	}

	private ChaosFilter filter(Timer timer, RandomGenerator chance) {
		return new ChaosFilter(this.metrics, timer, chance);
	}

	private Call send(ChaosFilter chaos, ChaosSettings settings) {
		Call call = call(settings);
		chaos.filter(call, this.next);
		return call;
	}

	private static Call call(ChaosSettings settings) {
		return new Call(Calls.METHOD, new Object[0], new Deadline(0, Long.MAX_VALUE / 2), Context.empty(),
				CallOptions.of(ChaosSettings.KEY, settings));
	}

	/** From 100 ms to the jitter more than that. */
	private static ChaosSettings latency(Duration jitter, double percent) {
		Duration least = Duration.ofMillis(100);
		return ChaosSettings.OFF.withLatency(new InjectedLatency(least, jitter, percent));
	}

	private double count(String fault) {
		return this.registry.get(MeterNames.CHAOS).tag("fault", fault).counter().count();
	}

	/** A timer on which nothing ever falls due. <em>Immutable</em>. */
	private record Never() implements Timer {

		@Override
		public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
			return () -> true;
		}

	}

}
