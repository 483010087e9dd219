package io.scalesrpc.retry;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.InboundRequest;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.time.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server may have processed, of a method that is idempotent. */
class RetryingTests {

	private static final Failure LOST = Failure.of(FailureKind.CONNECTION_LOST, "connection lost");

	private RetryFixture fixture = new RetryFixture(RetryFixture.IDEMPOTENT);

	@ParameterizedTest
	@CsvSource({ "CONNECTION_LOST,connection_lost", "TIMEOUT,timeout", "REMOTE,remote" })
	void isSentAgainAfterAWait(FailureKind kind, String reason) {
		this.fixture.random.then(0.5);
		FakeSink next = this.fixture.sendAndHold();
		next.last().end(Failure.of(kind, "failed"));
		assertThat(this.fixture.time.untilNext()).isEqualTo(Duration.ofNanos(2_500_000));
		assertThat(next.calls()).hasSize(1);
		this.fixture.time.advance(Duration.ofNanos(2_500_000));
		assertThat(next.calls()).hasSize(2);
		next.last().end(Reply.of(3));
		assertThat(this.fixture.observer.value()).isEqualTo(3);
		assertThat(this.fixture.retries(reason)).isOne();
		assertThat(this.fixture.budget.balance()).isEqualTo(9.0);
	}

	@ParameterizedTest
	@EnumSource(names = { "REMOTE", "NOT_SENT" })
	void isSentAgainWhenTheServerSaysAndALittleLaterThanOthers(FailureKind kind) {
		this.fixture.random.then(0.5);
		FakeSink next = this.fixture.sendAndHold();
		next.last().end(Failure.of(kind, "too many").withRetryAfter(Duration.ofMillis(400)));
		assertThat(this.fixture.time.untilNext()).isEqualTo(Duration.ofNanos(402_500_000));
		this.fixture.time.advance(Duration.ofNanos(402_500_000));
		assertThat(next.calls()).hasSize(2);
		next.last().end(Reply.of(3));
		assertThat(this.fixture.observer.value()).isEqualTo(3);
		assertThat(this.fixture.budget.balance()).isEqualTo(9.0);
	}

	@Test
	void isNotSentAgainIfTheServerSaysTooLateAndNobodyAboveDoesEither() {
		this.fixture.random.then(0.5);
		Failure failure = Failure.of(FailureKind.REMOTE, "too many").withRetryAfter(Duration.ofSeconds(1));
		assertThat(this.fixture.sendTo(failure).calls()).hasSize(1);
		assertThat(this.fixture.observer.outcome()).isEqualTo(failure.withoutRetry());
		assertThat(this.fixture.retries("deadline")).isOne();
		assertThat(this.fixture.budget.balance()).isEqualTo(10.0);
	}

	@Test
	void nobodyAboveSendsAgainWhatIsToWaitAndIsNotSentAgainHere() {
		this.fixture = new RetryFixture(CallOptions.NONE);
		Failure failure = Failure.of(FailureKind.REMOTE, "too many").withRetryAfter(Duration.ofMillis(100));
		assertThat(this.fixture.sendTo(failure).calls()).hasSize(1);
		assertThat(this.fixture.observer.outcome()).isEqualTo(failure.withoutRetry());
	}

	@Test
	void whatIsToWaitPaysFromTheBudget() {
		this.fixture.spendAll();
		this.fixture.random.then(0.5);
		Failure failure = Failure.of(FailureKind.REMOTE, "too many").withRetryAfter(Duration.ofMillis(100));
		assertThat(this.fixture.sendTo(failure).calls()).hasSize(1);
		assertThat(this.fixture.retries("budget_exhausted")).isOne();
	}

	@ParameterizedTest
	@EnumSource(names = { "CANCELLED", "DECLARED", "INTERNAL" })
	void whatIsNoFaultOfAServerIsNotSentAgain(FailureKind kind) {
		Failure failure = Failure.of(kind, "as it came");
		assertThat(this.fixture.sendTo(failure).calls()).hasSize(1);
		assertThat(this.fixture.observer.outcome()).isSameAs(failure);
	}

	@Test
	void onlyTheKindsThatWereChosenAreSentAgain() {
		this.fixture = new RetryFixture(RetryFixture.IDEMPOTENT.with(RetrySettings.KEY,
				RetrySettings.DEFAULT.withKinds(FailureKind.REMOTE, FailureKind.TIMEOUT)));
		assertThat(this.fixture.sendTo(LOST).calls()).hasSize(1);
		assertThat(this.fixture.observer.outcome()).isSameAs(LOST);
	}

	@Test
	void waitsGrowAndTheLastFailureForbidsMore() {
		this.fixture = new RetryFixture(
				RetryFixture.IDEMPOTENT.with(RetrySettings.KEY, RetrySettings.DEFAULT.withMaxAttempts(5)
					.withBackoff(new RetryBackoff(Duration.ofMillis(10), 3, Duration.ofMillis(80)))));
		this.fixture.random.then(0.5, 0.5, 0.5, 0.5);
		FakeSink next = this.fixture.sendAndHold();
		for (int millis : new int[] { 5, 15, 40, 40 }) {
			next.last().end(LOST);
			assertThat(this.fixture.time.untilNext()).hasMillis(millis);
			this.fixture.time.advance(Duration.ofMillis(millis));
		}
		next.last().end(LOST);
		assertThat(next.calls()).hasSize(5);
		assertThat(this.fixture.observer.outcome()).isEqualTo(LOST.withoutRetry());
	}

	@Test
	void aServerThatIsOverloadedIsNotAskedAgain() {
		Failure overloaded = Failure.of(FailureKind.REMOTE, "overloaded").withoutRetry();
		assertThat(this.fixture.sendTo(overloaded).calls()).hasSize(1);
		assertThat(this.fixture.observer.outcome()).isSameAs(overloaded);
	}

	@Test
	void aWaitThatWouldEndAfterTheDeadlineIsNotBegun() {
		this.fixture.random.then(0.5);
		FakeSink next = this.fixture.sendAndHold();
		this.fixture.time.advance(Duration.ofNanos(1_000_000_000 - 2_500_000));
		next.last().end(LOST);
		assertThat(this.fixture.observer.outcome()).isEqualTo(LOST.withoutRetry());
		assertThat(this.fixture.retries("deadline")).isOne();
		assertThat(this.fixture.budget.balance()).isEqualTo(10.0);
	}

	@Test
	void aCallThatEndsMeanwhileIsNotSentAgain() {
		this.fixture.random.then(0.5);
		FakeSink next = this.fixture.sendAndHold();
		next.last().end(LOST);
		this.fixture.call.end(Failure.of(FailureKind.CANCELLED, "the caller gave up"));
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		assertThat(next.calls()).hasSize(1);
	}

	@Test
	void anEmptyBudgetForbidsMore() {
		this.fixture.random.then(0.5);
		this.fixture.spendAll();
		assertThat(this.fixture.sendTo(LOST).calls()).hasSize(1);
		assertThat(this.fixture.observer.outcome()).isEqualTo(LOST.withoutRetry());
		assertThat(this.fixture.retries("budget_exhausted")).isOne();
	}

	@Test
	void whoIsAskedAgainDoesNotAskOthersAgain() {
		this.fixture = new RetryFixture(RetryFixture.IDEMPOTENT.with(InboundRequest.ATTEMPT, 1));
		assertThat(this.fixture.sendTo(LOST).calls()).hasSize(1);
		assertThat(this.fixture.observer.outcome()).isSameAs(LOST);
	}

	@Test
	void withoutATimerTheLastFailureStands() {
		Timer closed = (task, delay, unit) -> {
			throw new IllegalStateException("closed");
		};
		Call call = this.fixture.call;
		new Attempts(this.fixture.filter(), call, FakeSink.holding()).sendAfter(1, closed, LOST);
		assertThat(this.fixture.observer.outcome()).isSameAs(LOST);
	}

	@Test
	void anAttemptThatTakesTooLongEndsAndAnotherMemberIsAsked() {
		this.fixture = new RetryFixture(timeout(100, RetryFixture.IDEMPOTENT));
		this.fixture.random.then(0.5);
		FakeSink next = this.fixture.sendAndHold();
		Call first = next.last();
		assertThat(first.deadline().timeoutNanos()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(100));
		this.fixture.time.advance(Duration.ofMillis(99));
		assertThat(first.isEnded()).isFalse();
		this.fixture.time.advance(Duration.ofMillis(1));
		assertThat(first.outcome()).isEqualTo(Failure.of(FailureKind.TIMEOUT, "no answer within 100 ms"));
		this.fixture.time.advance(Duration.ofNanos(2_500_000));
		assertThat(next.calls()).hasSize(2);
		next.last().end(Reply.of(3));
		assertThat(this.fixture.observer.value()).isEqualTo(3);
		assertThat(this.fixture.retries("timeout")).isOne();
	}

	@Test
	void anAttemptThatIsAnsweredLeavesNoTimeoutBehind() {
		this.fixture = new RetryFixture(timeout(100, CallOptions.NONE));
		this.fixture.sendTo(Reply.EMPTY);
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void aTimeoutOfAnAttemptEndsACallThatIsNotIdempotent() {
		this.fixture = new RetryFixture(timeout(100, CallOptions.NONE));
		FakeSink next = this.fixture.sendAndHold();
		this.fixture.time.advance(Duration.ofMillis(100));
		assertThat(this.fixture.observer.outcome())
			.isEqualTo(Failure.of(FailureKind.TIMEOUT, "no answer within 100 ms"));
		assertThat(next.calls()).hasSize(1);
	}

	@Test
	void anAttemptThatMayTakeAsLongAsItsCallNeedsNoTimeoutOfItsOwn() {
		this.fixture = new RetryFixture(timeout(2000, CallOptions.NONE));
		FakeSink next = this.fixture.sendAndHold();
		assertThat(next.last().deadline()).isEqualTo(this.fixture.call.deadline());
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		this.fixture.call.end(Reply.EMPTY);
	}

	private static CallOptions timeout(long millis, CallOptions options) {
		return options.with(AttemptTimeout.KEY, new AttemptTimeout(Duration.ofMillis(millis)));
	}

}
