package io.scalesrpc.retry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What no server has processed, of a method that is not idempotent. */
class SendingAtOnceTests {

	private static final Failure REFUSED = RetryFixture.REFUSED;

	private RetryFixture fixture = new RetryFixture(CallOptions.NONE);

	@Test
	void anAnswerPassesAfterOneAttempt() {
		FakeSink next = this.fixture.sendTo(Reply.of(3));
		assertThat(this.fixture.observer.value()).isEqualTo(3);
		assertThat(next.calls()).hasSize(1);
		assertThat(this.fixture.budget.balance()).isEqualTo(10.0);
	}

	@Test
	void theCallItselfIsNeverSent() {
		FakeSink next = this.fixture.sendTo(REFUSED);
		assertThat(next.calls()).hasSize(3).doesNotHaveDuplicates().doesNotContain(this.fixture.call);
	}

	@Test
	void aCallThatWasNotSentIsSentAgainAtOnce() {
		this.fixture.send((attempt) -> attempt.end((attempt.ordinal() == 0) ? REFUSED : Reply.of(3)));
		assertThat(this.fixture.observer.value()).isEqualTo(3);
		assertThat(this.fixture.call.attempts()).isEqualTo(2);
		assertThat(this.fixture.retries("not_sent")).isOne();
		assertThat(this.fixture.budget.balance()).isEqualTo(9.0);
	}

	@Test
	void aRefusalThatComesLaterIsSentAgainOnTheThreadThatTells() {
		FakeSink next = this.fixture.sendAndHold();
		next.last().end(REFUSED);
		assertThat(next.calls()).hasSize(2);
		next.last().end(Reply.EMPTY);
		assertThat(this.fixture.observer.outcome()).isSameAs(Reply.EMPTY);
	}

	@Test
	void anotherAttemptAvoidsTheTargetOfTheOneBefore() {
		List<String> avoided = new ArrayList<>();
		FakeSink next = FakeSink.doing((attempt) -> {
			avoided.add(String.valueOf(attempt.avoidedTarget()));
			attempt.target("member-" + avoided.size());
			attempt.end(REFUSED);
		});
		this.fixture.filter().filter(this.fixture.call, next);
		assertThat(avoided).containsExactly("null", "member-1", "member-2");
		assertThat(this.fixture.call.target()).isEqualTo("member-3");
	}

	@Test
	void aFailedAttemptHasGivenEverythingBackWhenTheNextOneIsSent() {
		List<String> order = new ArrayList<>();
		FakeSink next = this.fixture.send((attempt) -> {
			order.add("sent");
			attempt.onOutcome((ended, outcome) -> order.add("given back"));
		});
		next.last().end(REFUSED);
		next.last().end(REFUSED);
		next.last().end(REFUSED);
		assertThat(order).containsExactly("sent", "given back", "sent", "given back", "sent", "given back");
	}

	@Test
	void afterTheLastAttemptTheLastFailureStandsAndForbidsMore() {
		Failure last = Failure.of(FailureKind.NOT_SENT, "queue full");
		this.fixture.send((attempt) -> attempt.end((attempt.ordinal() == 2) ? last : REFUSED));
		assertThat(this.fixture.observer.outcome()).isEqualTo(last.withoutRetry());
		assertThat(this.fixture.call.attempts()).isEqualTo(3);
		assertThat(this.fixture.retries("not_sent")).isEqualTo(2.0);
		assertThat(this.fixture.retries("budget_exhausted")).isZero();
	}

	@ParameterizedTest
	@EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NOT_SENT")
	void whatAServerMayHaveDoneIsNotSentAgain(FailureKind kind) {
		Failure failure = Failure.of(kind, "as it came");
		FakeSink next = this.fixture.sendTo(failure);
		assertThat(this.fixture.observer.outcome()).isSameAs(failure);
		assertThat(next.calls()).hasSize(1);
	}

	@Test
	void whatTheServerAskedNotToRetryIsNotSentAgain() {
		Failure failure = REFUSED.withoutRetry();
		FakeSink next = this.fixture.sendTo(failure);
		assertThat(this.fixture.observer.outcome()).isSameAs(failure);
		assertThat(next.calls()).hasSize(1);
	}

	@Test
	void whatThisClientItselfRefusedCostsNoBudgetAndForbidsNothing() {
		FakeSink next = FakeSink.ending(REFUSED);
		this.fixture.filter().filter(this.fixture.call, next);
		assertThat(this.fixture.observer.outcome()).isSameAs(REFUSED);
		assertThat(next.calls()).hasSize(1);
		assertThat(this.fixture.budget.balance()).isEqualTo(10.0);
		assertThat(this.fixture.retries("not_sent")).isZero();
	}

	@Test
	void anInjectedNackIsSentAgainThoughNoMemberWasChosen() {
		FakeSink next = FakeSink.ending(Failure.nack(FailureKind.NOT_SENT, "injected", false));
		this.fixture.filter().filter(this.fixture.call, next);
		assertThat(next.calls()).hasSize(3);
		assertThat(this.fixture.observer.failure().nack()).isTrue();
		assertThat(this.fixture.observer.failure().nonRetryable()).isTrue();
	}

	@Test
	void anEmptyBudgetEndsTheCallWithItsFailureAndForbidsMore() {
		this.fixture.spendAll();
		FakeSink next = this.fixture.sendTo(REFUSED);
		assertThat(this.fixture.observer.outcome()).isEqualTo(REFUSED.withoutRetry());
		assertThat(next.calls()).hasSize(1);
		assertThat(this.fixture.retries("budget_exhausted")).isOne();
		assertThat(this.fixture.retries("not_sent")).isZero();
	}

	@Test
	void onlyAnswersDeposit() {
		RetryBudget earned = new RetryBudget(1, 0, Duration.ofSeconds(10), this.fixture.time);
		sendTo(earned, Failure.of(FailureKind.REMOTE, "failed"));
		assertThat(earned.balance()).isZero();
		sendTo(earned, Reply.EMPTY);
		assertThat(earned.balance()).isOne();
		sendTo(earned, Failure.declared(new IllegalArgumentException("declared")));
		assertThat(earned.balance()).isEqualTo(2.0);
	}

	private void sendTo(RetryBudget budget, Outcome outcome) {
		this.fixture = new RetryFixture(CallOptions.NONE);
		this.fixture.filter(budget).filter(this.fixture.call, FakeSink.ending(outcome));
	}

	@Test
	void pastTheDeadlineNothingIsSentAgain() {
		FakeSink next = this.fixture.sendAndHold();
		this.fixture.time.advance(Duration.ofSeconds(1));
		next.last().end(REFUSED);
		assertThat(this.fixture.observer.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(next.calls()).hasSize(1);
		assertThat(this.fixture.budget.balance()).isEqualTo(10.0);
		assertThat(this.fixture.retries("deadline")).isOne();
	}

	@Test
	void aCallThatEndsTakesItsAttemptAlongAndSpendsNothing() {
		FakeSink next = this.fixture.sendAndHold();
		this.fixture.call.end(REFUSED);
		assertThat(next.pending()).isZero();
		assertThat(next.calls()).hasSize(1);
		assertThat(this.fixture.budget.balance()).isEqualTo(10.0);
	}

	@Test
	void aCallThatEndedBeforeIsNotSent() {
		this.fixture.call.end(Reply.EMPTY);
		assertThat(this.fixture.sendAndHold().calls()).isEmpty();
	}

	@Test
	void attemptsThatFailAtOnceDoNotNest() {
		int[] depth = new int[2];
		this.fixture = new RetryFixture(CallOptions.of(RetrySettings.KEY, RetrySettings.DEFAULT.withMaxAttempts(5)));
		FakeSink next = this.fixture.send((attempt) -> {
			depth[0]++;
			depth[1] = Math.max(depth[1], depth[0]);
			attempt.end(REFUSED);
			depth[0]--;
		});
		assertThat(next.calls()).hasSize(5);
		assertThat(depth[1]).isOne();
	}

	@Test
	void switchedOffNothingIsSentAgainAndNothingForbidden() {
		for (RetrySettings off : List.of(RetrySettings.OFF, RetrySettings.DEFAULT.withMaxAttempts(1))) {
			this.fixture = new RetryFixture(CallOptions.of(RetrySettings.KEY, off));
			FakeSink next = this.fixture.sendTo(REFUSED);
			assertThat(this.fixture.observer.outcome()).isSameAs(REFUSED);
			assertThat(next.calls()).hasSize(1);
		}
	}

	@Test
	void attemptsOfHedgingCount() {
		FakeSink next = this.fixture.sendAndHold();
		this.fixture.filter().filter(this.fixture.call.attempt(this.fixture.call.deadline()), next);
		next.last().end(REFUSED);
		assertThat(next.calls()).hasSize(3);
		next.last().end(REFUSED);
		assertThat(next.calls()).hasSize(3);
		this.fixture.call.end(Reply.EMPTY);
	}

	@Test
	void aRequestThatIsARetryItselfIsStillSentElsewhere() {
		this.fixture = new RetryFixture(CallOptions.of(InboundRequest.ATTEMPT, 1));
		assertThat(this.fixture.sendTo(REFUSED).calls()).hasSize(3);
	}

}
