package io.scalesrpc.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RequeueFilterTests {

	private static final Failure REFUSED = Failure.of(FailureKind.NOT_SENT, "refused");

	private final FakeTime time = new FakeTime();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ClientMetrics metrics = new ClientMetrics(this.registry, "calculator", "thriftmux");

	private final RetryBudget budget = new RetryBudget(0, 1, Duration.ofSeconds(10), this.time);

	private final Call call = Calls.call(this.time);

	private final CapturingObserver observer = CapturingObserver.of(this.call);

	@Test
	void anAnswerPassesAfterOneAttempt() {
		FakeSink next = FakeSink.ending(Reply.of(3));
		filter(2).filter(this.call, next);
		assertThat(this.observer.value()).isEqualTo(3);
		assertThat(next.calls()).hasSize(1);
		assertThat(this.call.attempts()).isOne();
		assertThat(this.budget.balance()).isEqualTo(10.0);
	}

	@Test
	void theCallItselfIsNeverSent() {
		FakeSink next = FakeSink.ending(REFUSED);
		filter(2).filter(this.call, next);
		assertThat(next.calls()).hasSize(3).doesNotHaveDuplicates().doesNotContain(this.call);
	}

	@Test
	void aCallThatWasNotSentIsSentAgainAtOnce() {
		FakeSink next = FakeSink.doing((attempt) -> attempt.end((this.call.attempts() == 1) ? REFUSED : Reply.of(3)));
		filter(2).filter(this.call, next);
		assertThat(this.observer.value()).isEqualTo(3);
		assertThat(this.call.attempts()).isEqualTo(2);
		assertThat(retries("not_sent")).isOne();
		assertThat(this.budget.balance()).isEqualTo(9.0);
	}

	@Test
	void aRefusalThatComesLaterIsRequeuedOnTheThreadThatTells() {
		FakeSink next = FakeSink.holding();
		filter(2).filter(this.call, next);
		next.last().end(REFUSED);
		assertThat(next.calls()).hasSize(2);
		next.last().end(Reply.EMPTY);
		assertThat(this.observer.outcome()).isSameAs(Reply.EMPTY);
	}

	@Test
	void anotherAttemptAvoidsTheTargetOfTheOneBefore() {
		List<Object> avoided = new ArrayList<>();
		FakeSink next = FakeSink.doing((attempt) -> {
			avoided.add(String.valueOf(attempt.avoidedTarget()));
			attempt.target("member-" + avoided.size());
			attempt.end(REFUSED);
		});
		filter(2).filter(this.call, next);
		assertThat(avoided).containsExactly("null", "member-1", "member-2");
		assertThat(this.call.target()).isEqualTo("member-3");
	}

	@Test
	void aFailedAttemptHasGivenEverythingBackWhenTheNextOneIsSent() {
		List<String> order = new ArrayList<>();
		FakeSink next = FakeSink.doing((attempt) -> {
			order.add("sent");
			attempt.onOutcome((ended, outcome) -> order.add("given back"));
		});
		filter(1).filter(this.call, next);
		next.last().end(REFUSED);
		next.last().end(REFUSED);
		assertThat(order).containsExactly("sent", "given back", "sent", "given back");
	}

	@Test
	void afterTheLastAttemptTheLastFailureStands() {
		Failure last = Failure.of(FailureKind.NOT_SENT, "queue full");
		FakeSink next = FakeSink.doing((attempt) -> attempt.end((this.call.attempts() == 3) ? last : REFUSED));
		filter(2).filter(this.call, next);
		assertThat(this.observer.outcome()).isSameAs(last);
		assertThat(this.call.attempts()).isEqualTo(3);
		assertThat(retries("not_sent")).isEqualTo(2.0);
		assertThat(retries("budget_exhausted")).isZero();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_SENT")
	void whatAServerMayHaveDoneIsNotSentAgain(FailureKind kind) {
		Failure failure = Failure.of(kind, "as it came");
		FakeSink next = FakeSink.ending(failure);
		filter(2).filter(this.call, next);
		assertThat(this.observer.outcome()).isSameAs(failure);
		assertThat(next.calls()).hasSize(1);
	}

	@Test
	void whatTheServerAskedNotToRetryIsNotSentAgain() {
		Failure failure = new Failure(FailureKind.NOT_SENT, "overloaded everywhere", null, true);
		FakeSink next = FakeSink.ending(failure);
		filter(2).filter(this.call, next);
		assertThat(this.observer.outcome()).isSameAs(failure);
		assertThat(next.calls()).hasSize(1);
	}

	@Test
	void anEmptyBudgetEndsTheCallWithItsFailure() {
		while (this.budget.tryWithdraw()) {
			continue;
		}
		FakeSink next = FakeSink.ending(REFUSED);
		filter(2).filter(this.call, next);
		assertThat(this.observer.outcome()).isSameAs(REFUSED);
		assertThat(next.calls()).hasSize(1);
		assertThat(retries("budget_exhausted")).isOne();
		assertThat(retries("not_sent")).isZero();
	}

	@Test
	void everyCallDepositsOnceHoweverManyAttemptsItTakes() {
		RetryBudget earned = new RetryBudget(1, 0, Duration.ofSeconds(10), this.time);
		new RequeueFilter(earned, 2, this.metrics).filter(this.call, FakeSink.ending(REFUSED));
		assertThat(this.call.attempts()).isEqualTo(2);
		assertThat(earned.balance()).isZero();
	}

	@Test
	void pastTheDeadlineNothingIsSentAgain() {
		FakeSink next = FakeSink.holding();
		filter(2).filter(this.call, next);
		this.time.advance(Duration.ofSeconds(10));
		next.last().end(REFUSED);
		assertThat(this.observer.outcome()).isSameAs(REFUSED);
		assertThat(next.calls()).hasSize(1);
		assertThat(this.budget.balance()).isEqualTo(10.0);
	}

	@Test
	void aCallThatEndsTakesItsAttemptAlongAndSpendsNothing() {
		FakeSink next = FakeSink.holding();
		filter(2).filter(this.call, next);
		this.call.end(REFUSED);
		assertThat(next.pending()).isZero();
		assertThat(next.calls()).hasSize(1);
		assertThat(this.budget.balance()).isEqualTo(10.0);
	}

	@Test
	void aCallThatEndedBeforeIsNotSent() {
		FakeSink next = FakeSink.holding();
		this.call.end(Reply.EMPTY);
		filter(2).filter(this.call, next);
		assertThat(next.calls()).isEmpty();
	}

	@Test
	void attemptsThatFailAtOnceDoNotNest() {
		int[] depth = new int[2];
		FakeSink next = FakeSink.doing((attempt) -> {
			depth[0]++;
			depth[1] = Math.max(depth[1], depth[0]);
			attempt.end(REFUSED);
			depth[0]--;
		});
		RetryBudget ample = new RetryBudget(0, 10_000, Duration.ofSeconds(10), this.time);
		new RequeueFilter(ample, 3_000, this.metrics).filter(this.call, next);
		assertThat(next.calls()).hasSize(3_001);
		assertThat(depth[1]).isOne();
		assertThat(this.observer.outcome()).isSameAs(REFUSED);
	}

	@Test
	void withoutExtraAttemptsTheFirstFailureStands() {
		FakeSink next = FakeSink.ending(REFUSED);
		filter(0).filter(this.call, next);
		assertThat(this.observer.outcome()).isSameAs(REFUSED);
		assertThat(next.calls()).hasSize(1);
	}

	@Test
	void refusesANegativeNumberOfAttempts() {
		this.call.end(Reply.EMPTY);
		assertThatIllegalArgumentException().isThrownBy(() -> filter(-1))
			.withMessage("maxExtraAttempts: -1 (expected: >= 0)");
	}

	private RequeueFilter filter(int maxExtraAttempts) {
		return new RequeueFilter(this.budget, maxExtraAttempts, this.metrics);
	}

	private double retries(String reason) {
		return this.registry.find(MeterNames.RETRIES)
			.tag("reason", reason)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

}
