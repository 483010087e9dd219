package io.scalesrpc.breaker;

import java.time.Duration;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When one member of three is out, and when it is back. <em>Confined to the test's
 * thread.</em>
 */
class MemberBreakerTests {

	private final BreakerFixture fixture = new BreakerFixture(3);

	@Test
	void fiveFailuresInARowTakeAMemberOut() {
		this.fixture.end(0, 4, BreakerFixture.OVERLOADED);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
		this.fixture.end(0, 1, BreakerFixture.OVERLOADED);
		assertThat(this.fixture.states()).containsExactly(SinkState.BUSY, SinkState.OPEN, SinkState.OPEN);
		assertThat(this.fixture.meter(MeterNames.BREAKER_EJECTIONS)).isOne();
		assertThat(this.fixture.meter(MeterNames.BREAKER_OUT)).isOne();
	}

	@Test
	void anAnswerBetweenFailuresStartsTheCountAnew() {
		this.fixture.end(0, 4, BreakerFixture.TIMEOUT);
		this.fixture.answer(0, 1);
		this.fixture.end(0, 4, BreakerFixture.TIMEOUT);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@ParameterizedTest
	@EnumSource(value = FailureKind.class, names = { "NOT_SENT", "CONNECTION_LOST", "TIMEOUT", "REMOTE" })
	void whatTheMemberIsToBlameForCounts(FailureKind kind) {
		this.fixture.end(0, 5, Failure.of(kind, "failed"));
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
	}

	@ParameterizedTest
	@EnumSource(value = FailureKind.class, mode = Mode.EXCLUDE,
			names = { "NOT_SENT", "CONNECTION_LOST", "TIMEOUT", "REMOTE" })
	void whatItIsNotToBlameForDoesNot(FailureKind kind) {
		this.fixture.end(0, 100, Failure.of(kind, "failed"));
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void aCancelledCallIsNoAnswer() {
		this.fixture.end(0, 4, BreakerFixture.OVERLOADED);
		this.fixture.end(0, 1, Failure.of(FailureKind.CANCELLED, "gave up"));
		this.fixture.end(0, 1, BreakerFixture.OVERLOADED);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
	}

	/** How little time there was, whoever is served decided. */
	@Test
	void aTimeoutByAnInheritedDeadlineIsNotHeldAgainstTheMember() {
		for (int i = 0; i < 100; i++) {
			Call hurried = Calls.call(Calls.METHOD, new Deadline(this.fixture.time.nanos(), 10_000_000, true));
			this.fixture.breaker(0).dispatch(hurried);
			hurried.end(BreakerFixture.TIMEOUT);
		}
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
		for (int i = 0; i < 5; i++) {
			Call failed = Calls.call(Calls.METHOD, new Deadline(this.fixture.time.nanos(), 10_000_000, true));
			this.fixture.breaker(0).dispatch(failed);
			failed.end(BreakerFixture.OVERLOADED);
		}
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
	}

	@Test
	void aDeclaredExceptionIsAnAnswer() {
		this.fixture.end(0, 4, BreakerFixture.OVERLOADED);
		this.fixture.end(0, 1, Failure.declared(new IllegalStateException("no such item")));
		this.fixture.end(0, 1, BreakerFixture.OVERLOADED);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@ParameterizedTest
	@EnumSource(value = SinkState.class, names = { "IDLE", "BUSY", "CLOSED" })
	void aFailureWithoutAnOpenConnectionIsNotHeldAgainstTheMember(SinkState state) {
		this.fixture.member(0).state(state);
		this.fixture.takeOut(0);
		assertThat(this.fixture.state(0)).isEqualTo(state);
		this.fixture.member(0).state(SinkState.OPEN);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void fewerThanFourOfFiveAnswersInTheWindowTakeAMemberOut() {
		mixed(10, 7);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
		mixed(10, 8);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
		assertThat(this.fixture.breaker(0).problem()).contains("5 failures among 20 calls within 30 s");
	}

	@Test
	void fourOfFiveAnswersAreGoodEnough() {
		for (int i = 0; i < 20; i++) {
			mixed(5, 4);
		}
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void fewCallsSayNothingAboutTheRate() {
		for (int i = 0; i < 4; i++) {
			this.fixture.answer(0, 1);
			this.fixture.end(0, 3, BreakerFixture.OVERLOADED);
		}
		this.fixture.end(0, 1, BreakerFixture.OVERLOADED);
		this.fixture.answer(0, 1);
		this.fixture.end(0, 1, BreakerFixture.OVERLOADED);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void failuresOlderThanTheWindowAreForgotten() {
		for (int i = 0; i < 5; i++) {
			this.fixture.end(0, 3, BreakerFixture.OVERLOADED);
			this.fixture.answer(0, 1);
			this.fixture.seconds(30);
		}
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void aMemberThatIsOutIsStillCalledWhenSomebodyInsists() {
		this.fixture.takeOut(0);
		Call call = this.fixture.send(0);
		assertThat(this.fixture.member(0).last()).isSameAs(call);
		call.end(Reply.EMPTY);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
	}

	@Test
	void afterTheWaitOneCallAtATimeIsTheProbe() {
		this.fixture.takeOut(0);
		this.fixture.advance(Duration.ofMillis(4999));
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
		this.fixture.advance(Duration.ofMillis(1));
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
		Call probe = this.fixture.send(0);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
		this.fixture.answer(0, 1);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
		probe.end(Reply.EMPTY);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
		assertThat(this.fixture.meter(MeterNames.BREAKER_OUT)).isZero();
	}

	@Test
	void aProbeThatSaysNothingFreesTheProbe() {
		this.fixture.takeOut(0);
		this.fixture.seconds(5);
		Call probe = this.fixture.send(0);
		this.fixture.seconds(60);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
		probe.end(Failure.of(FailureKind.CANCELLED, "gave up"));
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
		this.fixture.answer(0, 1);
		this.fixture.end(0, 4, BreakerFixture.OVERLOADED);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void aProbeThatEndsWithTheConnectionFreesTheProbe() {
		this.fixture.takeOut(0);
		this.fixture.seconds(5);
		Call probe = this.fixture.send(0);
		this.fixture.member(0).state(SinkState.CLOSED);
		probe.end(Failure.of(FailureKind.CONNECTION_LOST, "connection lost"));
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.CLOSED);
		this.fixture.member(0).state(SinkState.OPEN);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
		this.fixture.send(0).end(Reply.EMPTY);
		assertThat(this.fixture.meter(MeterNames.BREAKER_OUT)).isZero();
	}

	@Test
	void everyFailedProbeDoublesTheWaitUpToTheLongest() {
		this.fixture.takeOut(0);
		for (int seconds : new int[] { 5, 10, 10, 10 }) {
			this.fixture.advance(Duration.ofSeconds(seconds).minusNanos(1));
			assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
			this.fixture.advance(Duration.ofNanos(1));
			assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
			this.fixture.end(0, 1, BreakerFixture.TIMEOUT);
		}
		assertThat(this.fixture.breaker(0).problem()).contains("4 failed probes", "TIMEOUT no answer");
		assertThat(this.fixture.meter(MeterNames.BREAKER_EJECTIONS)).isOne();
	}

	@Test
	void aProbeThatSucceedsMakesTheWaitShortAgain() {
		this.fixture.takeOut(0);
		this.fixture.seconds(5);
		this.fixture.end(0, 1, BreakerFixture.TIMEOUT);
		this.fixture.seconds(10);
		this.fixture.answer(0, 1);
		this.fixture.takeOut(0);
		this.fixture.seconds(5);
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void chanceMakesTheWaitLongerByUpToAsMuchAgain() {
		BreakerFixture late = new BreakerFixture(3, BreakerFixture.SLOW_TO_HEAL, ScriptedRandom.of(0.5));
		late.takeOut(0);
		late.advance(Duration.ofMillis(7499));
		assertThat(late.state(0)).isEqualTo(SinkState.BUSY);
		late.advance(Duration.ofMillis(1));
		assertThat(late.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void callsSentBeforeTheMemberWasOutSayNothingOnceItIsBack() {
		Call[] old = new Call[20];
		for (int i = 0; i < old.length; i++) {
			old[i] = this.fixture.send(0);
		}
		this.fixture.takeOut(0);
		this.fixture.seconds(5);
		this.fixture.answer(0, 1);
		for (Call call : old) {
			call.end(BreakerFixture.TIMEOUT);
		}
		assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void theProblemSaysWhyForHowLongAndWhatIsBelow() {
		assertThat(this.fixture.breaker(0).problem()).isEmpty();
		this.fixture.end(0, 5, Failure.of(FailureKind.REMOTE, "over\nloaded"));
		this.fixture.advance(Duration.ofMillis(800));
		assertThat(this.fixture.breaker(0).problem())
			.isEqualTo("out for 4200 ms more after 5 failures in a row (last: REMOTE over?loaded)");
		this.fixture.seconds(5);
		assertThat(this.fixture.breaker(0).problem()).startsWith("waiting for a probe after 5 failures");
		Call probe = this.fixture.send(0);
		assertThat(this.fixture.breaker(0).problem()).startsWith("being probed after 5 failures");
		probe.end(Reply.EMPTY);
		assertThat(this.fixture.breaker(0).problem()).isEmpty();
	}

	@Test
	void openingAndClosingAreLeftToTheMember() {
		int[] told = new int[1];
		this.fixture.breaker(0).open(() -> told[0]++);
		assertThat(told).containsExactly(1);
		assertThat(this.fixture.breaker(0).close(Duration.ofSeconds(3))).isCompleted();
		assertThat(this.fixture.member(0).grace()).isEqualTo(Duration.ofSeconds(3));
	}

	@Test
	void withoutBreakersAMemberIsNeverOut() {
		BreakerFixture off = new BreakerFixture(0, MemberBreakerSettings.OFF, ScriptedRandom.of());
		Sink member = off.breakers.around("10.0.0.1:9090", FakeSink.ending(BreakerFixture.OVERLOADED));
		for (int i = 0; i < 100; i++) {
			member.dispatch(Calls.call());
		}
		assertThat(member.state()).isEqualTo(SinkState.OPEN);
		assertThat(member.problem()).isEmpty();
	}

	@Test
	void otherSettingsCountFromNowOnAndLeaveWhoIsOutAlone() {
		BreakerFixture some = new BreakerFixture(3, BreakerFixture.SLOW_TO_HEAL, ScriptedRandom.of(0.0, 0.0, 0.0));
		some.end(0, 5, BreakerFixture.OVERLOADED);
		some.end(1, 1, BreakerFixture.OVERLOADED);
		some.breakers.become(BreakerFixture.SLOW_TO_HEAL.withConsecutiveFailures(2));
		assertThat(some.state(0)).isEqualTo(SinkState.BUSY);
		assertThat(some.state(1)).isEqualTo(SinkState.OPEN);
		some.end(1, 1, BreakerFixture.OVERLOADED);
		assertThat(some.breaker(1).problem()).as("one before does not count").isEmpty();
		some.end(1, 1, BreakerFixture.OVERLOADED);
		assertThat(some.breaker(1).problem()).contains("after 2 failures in a row");
		some.breakers.become(MemberBreakerSettings.OFF);
		assertThat(some.breaker(0).problem()).isEmpty();
		assertThat(some.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void anOperatorTakesAMemberOutWhateverItsBreakerThinks() {
		BreakerFixture some = new BreakerFixture(3);
		some.breakers.takeOut(BreakerFixture.address(0), true, null, "alice");
		assertThat(some.state(0)).isEqualTo(SinkState.CLOSED);
		assertThat(some.breaker(0).problem()).isEqualTo("drained by alice, until it is restored");
		some.breakers.takeOut(BreakerFixture.address(1), false, Duration.ofSeconds(9), "alice");
		assertThat(some.state(1)).as("in panic, too").isEqualTo(SinkState.BUSY);
		some.time.advance(Duration.ofSeconds(9));
		assertThat(some.state(1)).isEqualTo(SinkState.OPEN);
		some.end(2, 5, BreakerFixture.OVERLOADED);
		some.breakers.restore(BreakerFixture.address(2), "alice");
		assertThat(some.breaker(2).problem()).as("from its breaker, too").isEmpty();
		some.breakers.restore(BreakerFixture.address(0), "alice");
		assertThat(some.state(0)).isEqualTo(SinkState.OPEN);
	}

	@Test
	void whatAnOperatorWantsOutlivesTheSinkOfAMember() {
		BreakerFixture some = new BreakerFixture(1);
		some.breakers.takeOut(BreakerFixture.address(0), true, null, "alice");
		some.breaker(0).close(Duration.ZERO);
		Sink again = some.breakers.around(BreakerFixture.address(0), FakeSink.holding());
		assertThat(again.state()).isEqualTo(SinkState.CLOSED);
	}

	/** So many calls, the first of which are answered. */
	private void mixed(int calls, int answered) {
		this.fixture.answer(0, answered);
		this.fixture.end(0, calls - answered, BreakerFixture.OVERLOADED);
	}

}
