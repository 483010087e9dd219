package io.scalesrpc.call;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CallAttemptTests {

	private final Call call = Calls.unwatched();

	private final Call attempt = this.call.attempt(this.call.deadline());

	@Test
	void anAttemptDoesNotEndItsCall() {
		this.attempt.end(Reply.of(1));
		assertThat(this.call.isEnded()).isFalse();
	}

	@Test
	void aFailureOfTheCallEndsItsAttemptTheSameWay() {
		Failure failure = Failure.of(FailureKind.TIMEOUT, "no answer within 30 ms");
		CapturingObserver observer = CapturingObserver.of(this.attempt);
		this.call.end(failure);
		assertThat(observer.outcome()).isSameAs(failure);
	}

	@Test
	void aReplyOfTheCallCancelsTheAttemptsThatLost() {
		Call other = this.call.attempt(this.call.deadline());
		CapturingObserver winner = CapturingObserver.of(this.attempt);
		CapturingObserver loser = CapturingObserver.of(other);
		this.attempt.end(Reply.of(1));
		this.call.end(Reply.of(1));
		assertThat(winner.value()).isEqualTo(1);
		assertThat(loser.failure()).isEqualTo(Failure.of(FailureKind.CANCELLED, "superseded by another attempt"));
	}

	@Test
	void aDeclaredExceptionOfTheCallIsNoAnswerOfTheAttemptsThatLost() {
		Failure declared = Failure.declared(new IllegalStateException("sold out"));
		CapturingObserver loser = CapturingObserver.of(this.attempt);
		this.call.end(declared);
		assertThat(loser.failure()).isEqualTo(Failure.of(FailureKind.CANCELLED, "superseded by another attempt"));
	}

	@Test
	void whoeverAsksWhenACallEndedIsToldTheSame() {
		this.attempt.end(Reply.of(1));
		assertThat(this.attempt.endedNanos(() -> 7)).isEqualTo(7);
		assertThat(this.attempt.endedNanos(() -> 8)).isEqualTo(7);
	}

	@Test
	void aCallThatEndsWithItsAttemptEndsWhenThatDid() {
		CapturingObserver observer = CapturingObserver.of(this.call);
		this.attempt.end(Reply.of(1));
		this.attempt.endedNanos(() -> 7);
		assertThat(this.call.endWith(this.attempt, Reply.of(1))).isTrue();
		assertThat(observer.value()).isEqualTo(1);
		assertThat(this.call.endedNanos(() -> 8)).isEqualTo(7);
	}

	@Test
	void anAttemptThatComesTooLateChangesNeitherTheOutcomeNorItsTime() {
		this.attempt.end(Reply.of(1));
		this.attempt.endedNanos(() -> 9);
		this.call.end(Reply.of(2));
		this.call.endedNanos(() -> 7);
		assertThat(this.call.endWith(this.attempt, Reply.of(1))).isFalse();
		assertThat(this.call.outcome()).isEqualTo(Reply.of(2));
		assertThat(this.call.endedNanos(() -> 8)).isEqualTo(7);
	}

	@Test
	void anAttemptOfACallThatIsOverIsOver() {
		this.call.end(Failure.of(FailureKind.CANCELLED, "the caller gave up"));
		Call late = this.call.attempt(this.call.deadline());
		assertThat(late.outcome()).isSameAs(this.call.outcome());
	}

	@Test
	void theEndOfACallReachesTheAttemptsOfItsAttempts() {
		Call inner = this.attempt.attempt(this.call.deadline());
		this.call.end(Failure.of(FailureKind.TIMEOUT, "late"));
		assertThat(inner.outcome()).isSameAs(this.call.outcome());
	}

	@Test
	void anAttemptOfAnAttemptAvoidsWhomAnotherAttemptWasSentTo() {
		assertThat(this.attempt.avoidedTarget()).isNull();
		this.attempt.target("first");
		Call second = this.call.attempt(this.call.deadline());
		assertThat(second.attempt(this.call.deadline()).avoidedTarget()).isEqualTo("first");
	}

	@Test
	void attemptsAreCountedWhenAMemberIsChosen() {
		assertThat(this.call.attempts()).isZero();
		this.attempt.target("a");
		Call second = this.call.attempt(this.call.deadline());
		assertThat(this.call.attempts()).isOne();
		second.target("b");
		assertThat(this.call.attempts()).isEqualTo(2);
		assertThat(this.attempt.attempts()).isEqualTo(2);
	}

	@Test
	void attemptsAreNumberedFromZeroInTheOrderInWhichTheyAreSent() {
		Call second = this.call.attempt(this.call.deadline());
		second.target("b");
		this.attempt.target("a");
		assertThat(this.call.ordinal()).isZero();
		assertThat(second.ordinal()).isZero();
		assertThat(this.attempt.ordinal()).isOne();
	}

	@Test
	void attemptsOfAttemptsAreNumberedThrough() {
		Call hedge = this.call.attempt(this.call.deadline());
		Call first = this.attempt.attempt(this.call.deadline());
		first.target("a");
		Call ofHedge = hedge.attempt(this.call.deadline());
		ofHedge.target("b");
		Call again = this.attempt.attempt(this.call.deadline());
		again.target("c");
		assertThat(List.of(first.ordinal(), ofHedge.ordinal(), again.ordinal())).containsExactly(0, 1, 2);
		assertThat(List.of(this.call.attempts(), hedge.attempts(), again.attempts())).containsOnly(3);
	}

	@Test
	void anAttemptIsOfTheSameMethodArgumentsAndContext() {
		this.call.context(Context.empty().with("a", new byte[] { 1 }));
		Call late = this.call.attempt(this.call.deadline());
		assertThat(late.method()).isSameAs(this.call.method());
		assertThat(late.arguments()).isSameAs(this.call.arguments());
		assertThat(late.context()).isSameAs(this.call.context());
	}

	@Test
	void anAttemptMayEndSoonerThanItsCallButNotLater() {
		Call bounded = new Call(Calls.METHOD, new Object[0], Deadline.after(Duration.ofMillis(30), 7), Context.empty());
		Deadline sooner = Deadline.after(Duration.ofMillis(10), 7);
		Deadline later = Deadline.after(Duration.ofMillis(50), 7);
		assertThat(bounded.attempt(sooner).deadline()).isSameAs(sooner);
		assertThat(bounded.attempt(later).deadline()).isSameAs(bounded.deadline());
	}

	@Test
	void theTargetOfAnAttemptIsNotedInEveryCallAbove() {
		Call inner = this.attempt.attempt(this.call.deadline());
		inner.target("a");
		assertThat(this.attempt.target()).isEqualTo("a");
		assertThat(this.call.target()).isEqualTo("a");
		this.call.attempt(this.call.deadline()).target("b");
		assertThat(this.call.target()).isEqualTo("b");
		assertThat(this.attempt.target()).isEqualTo("a");
	}

	@Test
	void anAttemptAvoidsTheTargetOfTheAttemptBefore() {
		assertThat(this.attempt.avoidedTarget()).isNull();
		this.attempt.target("a");
		assertThat(this.call.attempt(this.call.deadline()).avoidedTarget()).isEqualTo("a");
		assertThat(this.call.avoidedTarget()).isNull();
	}

}
