package io.scalesrpc.admission;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConcurrencyLimitFilterTests {

	private static final int THREADS = 4;

	private static final int CALLS = 5000;

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final FakeTime time = new FakeTime();

	private final ConcurrencyLimitFilter filter = filter(ConcurrencyLimitSettings.fixed(2));

	private final FakeSink next = FakeSink.holding();

	@Test
	void oneCallTooManyIsRefusedAtOnceAndNotSentAgain() {
		Call first = send();
		Call second = send();
		Call third = send();
		assertThat(third.outcome())
			.isEqualTo(Failure.withheld("calls in flight: 2 (expected: fewer than 2; concurrency-limit.max)"));
		assertThat(this.next.calls()).containsExactly(first, second);
		assertThat(this.registry.get(MeterNames.CONCURRENCY_REJECTIONS).counter().count()).isOne();
		assertThat(gauge(MeterNames.CONCURRENCY_IN_FLIGHT)).isEqualTo(2);
		assertThat(gauge(MeterNames.CONCURRENCY_LIMIT)).isEqualTo(2);
		endAll(Reply.EMPTY);
	}

	@Test
	void aCallThatWasRefusedAboveTakesNoPlaceAndIsNotRefusedAgain() {
		send();
		send();
		Call refused = Calls.call();
		refused.end(Failure.of(FailureKind.INTERNAL, "member: a:1"));
		this.filter.filter(refused, this.next);
		assertThat(this.next.calls()).hasSize(3).last().isSameAs(refused);
		assertThat(this.registry.find(MeterNames.CONCURRENCY_REJECTIONS).counters())
			.allSatisfy((counter) -> assertThat(counter.count()).isZero());
		assertThat(gauge(MeterNames.CONCURRENCY_IN_FLIGHT)).isEqualTo(2);
		endAll(Reply.EMPTY);
	}

	@ParameterizedTest
	@EnumSource(FailureKind.class)
	void howeverACallEndsItsPlaceIsFree(FailureKind kind) {
		send();
		send();
		endAll(Failure.of(kind, "over"));
		assertThat(gauge(MeterNames.CONCURRENCY_IN_FLIGHT)).isZero();
		send();
		assertThat(this.next.calls()).hasSize(3);
		endAll(Reply.EMPTY);
	}

	@Test
	void aCallThatEndsBeforeItIsSentTakesNoPlace() {
		this.next.behave((call) -> call.end(Reply.EMPTY));
		for (int i = 0; i < 5; i++) {
			send();
		}
		assertThat(this.next.calls()).hasSize(5);
		assertThat(gauge(MeterNames.CONCURRENCY_IN_FLIGHT)).isZero();
	}

	@Test
	void thereAreNeverMoreThanTheLimitAndNoPlaceIsLost() throws InterruptedException {
		AtomicInteger inside = new AtomicInteger();
		AtomicInteger most = new AtomicInteger();
		CallFilter busy = (call, none) -> {
			most.accumulateAndGet(inside.incrementAndGet(), Math::max);
			inside.decrementAndGet();
			call.end(Reply.EMPTY);
		};
		Sink bottom = busy.over(this.next);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			threads.add(new Thread(() -> {
				for (int j = 0; j < CALLS; j++) {
					this.filter.filter(Calls.unwatched(), bottom);
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		assertThat(most.get()).isBetween(1, 2);
		assertThat(gauge(MeterNames.CONCURRENCY_IN_FLIGHT)).isZero();
	}

	@Test
	void aLimitOfNoneIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> filter(ConcurrencyLimitSettings.NONE))
			.withMessage("max: 0 (expected: >= 1)");
		assertThatIllegalArgumentException().isThrownBy(() -> ConcurrencyLimitSettings.adaptive(-1))
			.withMessage("max: -1 (expected: >= 0)");
	}

	@Test
	void anAdaptiveLimitStaysBelowTheNumberThatIsGiven() {
		ConcurrencyLimitFilter own = filter(ConcurrencyLimitSettings.adaptive(3), new SimpleMeterRegistry());
		for (int i = 0; i < 3; i++) {
			own.filter(Calls.call(), this.next);
		}
		Call fourth = Calls.call();
		own.filter(fourth, this.next);
		assertThat(fourth.outcome())
			.isEqualTo(Failure.withheld("calls in flight: 3 (expected: fewer than 3; concurrency-limit.adaptive)"));
		endAll(Reply.EMPTY);
	}

	@ParameterizedTest
	@CsvSource({ "TIMEOUT, 16", "NOT_SENT, 16", "CONNECTION_LOST, 20", "CANCELLED, 20" })
	void anAdaptiveLimitShrinksWhenServersAreOverloaded(FailureKind kind, double limit) {
		SimpleMeterRegistry meters = new SimpleMeterRegistry();
		ConcurrencyLimitFilter own = filter(ConcurrencyLimitSettings.adaptive(0), meters);
		for (int i = 0; i < 20; i++) {
			this.time.advance(Duration.ofMillis(110));
			Call call = Calls.call();
			own.filter(call, this.next);
			call.end(new Failure(kind, "failed", null, false, kind == FailureKind.NOT_SENT));
		}
		assertThat(meters.get(MeterNames.CONCURRENCY_LIMIT).gauge().value()).isEqualTo(limit);
	}

	@Test
	void anyNumberIsNoLimit() {
		assertThat(ConcurrencyLimitSettings.adaptive(0).isOn()).isTrue();
		assertThat(ConcurrencyLimitSettings.NONE.isOn()).isFalse();
	}

	private ConcurrencyLimitFilter filter(ConcurrencyLimitSettings settings) {
		return filter(settings, this.registry);
	}

	private ConcurrencyLimitFilter filter(ConcurrencyLimitSettings settings, SimpleMeterRegistry meters) {
		return new ConcurrencyLimitFilter(settings, new ClientMetrics(meters, "calculator", "thriftmux"), this.time,
				ScriptedRandom.seeded(7));
	}

	private Call send() {
		Call call = Calls.call();
		this.filter.filter(call, this.next);
		return call;
	}

	private void endAll(Outcome outcome) {
		this.next.calls().forEach((call) -> call.end(outcome));
	}

	private double gauge(String name) {
		return this.registry.get(name).gauge().value();
	}

}
