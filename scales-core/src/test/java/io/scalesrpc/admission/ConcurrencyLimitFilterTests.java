package io.scalesrpc.admission;

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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ConcurrencyLimitFilterTests {

	private static final int THREADS = 4;

	private static final int CALLS = 5000;

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ConcurrencyLimitFilter filter = new ConcurrencyLimitFilter(2,
			new ClientMetrics(this.registry, "calculator", "thriftmux"));

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
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ConcurrencyLimitFilter(0, new ClientMetrics(this.registry, "a", "b")))
			.withMessage("max: 0 (expected: >= 1)");
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
