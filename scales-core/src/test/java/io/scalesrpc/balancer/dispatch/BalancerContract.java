package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.metrics.RecentAttempts;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every type of balancer does with calls. <em>Confined to the test's thread.</em>
 */
abstract class BalancerContract {

	static final Failure REFUSED = Failure.of(FailureKind.NOT_SENT, "refused");

	final BalancerFixture fixture = new BalancerFixture(settings());

	final Balancer balancer = this.fixture.balancer;

	abstract BalancerType type();

	/** Without slow start, which has tests of its own. */
	BalancerSettings settings() {
		return BalancerSettings.of(type()).withSlowStart(Duration.ZERO);
	}

	@Test
	void aCallGoesToAMemberAndKnowsIt() {
		this.fixture.of(1);
		this.fixture.sink(1).behave((call) -> call.end(Reply.of(call.target())));
		Call call = Calls.call();
		this.balancer.dispatch(call);
		assertThat(call.outcome()).isEqualTo(Reply.of(BalancerFixture.member(1)));
	}

	@Test
	void theLoadOfAMemberIsItsCallsInFlightHoweverTheyEnd() {
		this.fixture.of(1);
		Call answered = this.fixture.dispatch();
		Call lost = this.fixture.dispatch();
		assertThat(this.balancer.nodes()).containsExactly(
				new NodeView(BalancerFixture.member(1), SinkState.OPEN, 2, true, "", -1, 0, RecentAttempts.NONE));
		answered.end(Reply.EMPTY);
		assertThat(this.fixture.load(1)).isOne();
		lost.end(Failure.of(FailureKind.CONNECTION_LOST, "connection lost"));
		assertThat(this.fixture.load(1)).isZero();
	}

	@Test
	void theLoadIsTakenBackWhenTheSinkEndsTheCallAtOnce() {
		this.fixture.of(1);
		this.fixture.sink(1).behave((call) -> call.end(Failure.of(FailureKind.NOT_SENT, "refused")));
		this.fixture.dispatch();
		assertThat(this.fixture.load(1)).isZero();
	}

	@Test
	void aCallThatHasEndedIsNotSent() {
		this.fixture.of(1);
		Call call = Calls.call();
		call.end(Failure.of(FailureKind.CANCELLED, "cancelled"));
		this.balancer.dispatch(call);
		assertThat(this.fixture.sink(1).calls()).isEmpty();
		assertThat(this.fixture.load(1)).isZero();
	}

	@Test
	void anUnavailableMemberGetsNoCallsUntilItIsAvailableAgain() {
		this.fixture.of(3);
		this.fixture.sink(1).state(SinkState.CLOSED);
		this.fixture.sink(2).state(SinkState.BUSY);
		this.fixture.dispatchAndAnswer(30);
		assertThat(this.fixture.sink(3).calls()).hasSize(30);
		this.fixture.sink(1).state(SinkState.OPEN);
		this.fixture.dispatchAndAnswer(30);
		assertThat(this.fixture.sink(1).calls()).isNotEmpty();
		assertThat(this.fixture.sink(2).calls()).isEmpty();
	}

	@Test
	void aCallWhoseCallerChoseAMemberGoesThereWhateverItsStateAndCountsAsItsLoad() {
		this.fixture.of(3);
		this.fixture.sink(2).state(SinkState.BUSY);
		Call call = this.fixture.dispatch(CallOptions.NONE.withMember(BalancerFixture.member(2).address()));
		assertThat(this.fixture.sink(2).calls()).containsExactly(call);
		assertThat(call.target()).isEqualTo(BalancerFixture.member(2));
		assertThat(this.fixture.load(2)).isOne();
		call.end(Reply.EMPTY);
		assertThat(this.fixture.load(2)).isZero();
		this.fixture.sink(2).state(SinkState.OPEN);
		this.fixture.dispatchAndAnswer(30);
		assertThat(this.fixture.sink(2).calls()).hasSizeGreaterThan(1);
	}

	@Test
	void aMemberThatIsNoneIsSaidAndNobodyElseIsAsked() {
		this.fixture.of(2);
		Call call = this.fixture.dispatch(CallOptions.NONE.withMember("10.9.9.9:9090"));
		assertThat(call.outcome()).isInstanceOfSatisfying(Failure.class, (failure) -> {
			assertThat(failure.kind()).isEqualTo(FailureKind.NOT_SENT);
			assertThat(failure.nonRetryable()).isTrue();
			assertThat(failure.reason()).startsWith("member: 10.9.9.9:9090: none of ")
				.endsWith("(expected: one of [10.0.0.1:9090, 10.0.0.2:9090])");
		});
		assertThat(this.fixture.count(1) + this.fixture.count(2)).isZero();
	}

	@Test
	void aMemberThatFailsAtOnceIsNotTakenForAnIdleOne() {
		this.fixture.of(2);
		FakeSink refusing = this.fixture.sink(1);
		refusing.behave((call) -> {
			refusing.state(SinkState.CLOSED);
			call.end(Failure.of(FailureKind.NOT_SENT, "refused"));
		});
		for (int i = 0; i < 20; i++) {
			this.fixture.dispatch();
		}
		assertThat(refusing.calls()).hasSizeLessThanOrEqualTo(1);
		this.fixture.answerAll();
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_SENT", "CONNECTION_LOST", "TIMEOUT", "REMOTE" })
	void aMemberThatFailsEveryCallGetsFewUntilItHeals(FailureKind kind) {
		this.fixture.of(5).behave(2, 5, Reply.EMPTY);
		this.fixture.behave(1, 1, Failure.of(kind, "fails"));
		this.fixture.dispatchEvery(Duration.ofMillis(10), Duration.ofSeconds(2));
		int before = this.fixture.count(1);
		this.fixture.dispatchEvery(Duration.ofMillis(10), Duration.ofSeconds(30));
		assertThat(this.fixture.count(1) - before).isBetween(1, 90);
		this.fixture.behave(1, 1, Reply.EMPTY);
		this.fixture.dispatchEvery(Duration.ofMillis(10), Duration.ofSeconds(20));
		int healed = this.fixture.count(1);
		this.fixture.dispatchEvery(Duration.ofMillis(10), Duration.ofSeconds(10));
		assertThat(this.fixture.count(1) - healed).isBetween(150, 250);
	}

	@Test
	void aMemberThatFailsEveryCallGetsFewAmongManyInFlight() {
		this.fixture.of(5).behave(1, 1, REFUSED);
		IntStream.rangeClosed(2, 5).forEach((n) -> this.fixture.sink(n).behave(this::answerLater));
		this.fixture.dispatchEvery(Duration.ofNanos(200_000), Duration.ofSeconds(4));
		assertThat(this.fixture.count(1)).isLessThan(20_000 * 3 / 100);
		this.fixture.time.advance(Duration.ofSeconds(1));
		assertThat(this.balancer.nodes()).allMatch((node) -> node.load() == 0);
	}

	@Test
	void declaredExceptionsAndCancelledCallsAreNoFailuresOfTheMember() {
		this.fixture.of(2);
		this.fixture.behave(1, 1, Failure.declared(new IllegalStateException()));
		this.fixture.behave(2, 2, Failure.of(FailureKind.CANCELLED, "cancelled"));
		this.fixture.dispatchEvery(Duration.ofMillis(10), Duration.ofSeconds(2));
		assertThat(this.fixture.count(1)).isBetween(70, 130);
	}

	@Test
	void aMemberThatIsIdleGetsCalls() {
		this.fixture.of(1);
		this.fixture.sink(1).state(SinkState.IDLE);
		this.fixture.dispatchAndAnswer(1);
		assertThat(this.fixture.sink(1).calls()).hasSize(1);
	}

	@Test
	void whenNobodyIsAvailableCallsGoToWhoeverIsBusyBeforeThoseThatAreDown() {
		this.fixture.of(3);
		this.fixture.made().forEach((sink) -> sink.state(SinkState.CLOSED));
		this.fixture.sink(2).state(SinkState.BUSY);
		this.fixture.dispatchAndAnswer(30);
		assertThat(this.fixture.sink(2).calls()).hasSize(30);
	}

	@Test
	void whenAllAreDownCallsWaitForWhoeverIsBackFirst() {
		this.fixture.of(3);
		this.fixture.made().forEach((sink) -> sink.state(SinkState.CLOSED));
		List<Call> calls = this.fixture.dispatch(30, Duration.ofSeconds(10));
		this.fixture.time.advance(Duration.ofSeconds(5));
		assertThat(this.fixture.made()).allMatch((sink) -> sink.calls().isEmpty());
		assertThat(calls).noneMatch(Call::isEnded);
		this.fixture.sink(2).state(SinkState.OPEN);
		this.fixture.time.advance(Duration.ofMillis(500));
		assertThat(this.fixture.sink(2).calls()).containsAll(calls);
		this.fixture.answerAll();
		assertThat(this.balancer.nodes()).allMatch((node) -> node.load() == 0);
	}

	@Test
	void anotherAttemptGoesToAnotherMember() {
		this.fixture.of(2);
		for (int i = 0; i < 10; i++) {
			Call call = Calls.call();
			Object first = attempt(call).target();
			assertThat(attempt(call).target()).isNotEqualTo(first);
			call.end(Reply.EMPTY);
		}
	}

	@Test
	void anotherAttemptGoesToTheSameMemberIfNoOtherIsAvailable() {
		this.fixture.of(2);
		this.fixture.sink(1).state(SinkState.BUSY);
		Call call = Calls.call();
		attempt(call);
		attempt(call);
		assertThat(this.fixture.sink(2).calls()).hasSize(2);
		call.end(Reply.EMPTY);
	}

	@Test
	void aMemberIsAvoidedEvenIfItsWeightChangedMeanwhile() {
		this.fixture.of(1);
		Call call = Calls.call();
		attempt(call);
		this.fixture.set.tell(new Member("10.0.0.1", 9090, 2.5, Map.of()), BalancerFixture.member(2));
		for (int i = 0; i < 10; i++) {
			attempt(call);
			call.target(BalancerFixture.member(1));
		}
		assertThat(this.fixture.sink(2).calls()).hasSize(10);
		call.end(Reply.EMPTY);
	}

	@Test
	void withoutMembersACallEndsAtOnce() {
		this.fixture.of(0);
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(observer.failure().reason()).isEqualTo("no members: fake://set (expected: at least one)");
		assertThat(this.balancer.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void beforeTheFirstListACallWaits() {
		Call call = this.fixture.dispatch();
		assertThat(call.isEnded()).isFalse();
		assertThat(this.balancer.state()).isEqualTo(SinkState.IDLE);
		assertThat(this.balancer.nodes()).isEmpty();
		this.fixture.of(2);
		assertThat(call.target()).isNotNull();
		call.end(Reply.EMPTY);
	}

	@Test
	void theStateIsTheBestOfTheMembers() {
		this.fixture.of(2);
		this.fixture.sink(1).state(SinkState.CLOSED);
		this.fixture.sink(2).state(SinkState.BUSY);
		assertThat(this.balancer.state()).isEqualTo(SinkState.BUSY);
		this.fixture.sink(2).state(SinkState.IDLE);
		assertThat(this.balancer.state()).isEqualTo(SinkState.IDLE);
	}

	@Test
	void everyAttemptIsCountedAndSoAreCallsInFlight() {
		this.fixture.of(3);
		List<Call> calls = List.of(this.fixture.dispatch(), this.fixture.dispatch());
		assertThat(this.fixture.meter(MeterNames.ATTEMPTS)).isEqualTo(2);
		assertThat(this.balancer.pending()).isEqualTo(2);
		calls.forEach((call) -> call.end(Reply.EMPTY));
		assertThat(this.balancer.pending()).isZero();
	}

	/** With 5000 calls a second, 25 are in flight for each of four members. */
	private void answerLater(Call call) {
		this.fixture.time.schedule(() -> call.end(Reply.EMPTY), 20, TimeUnit.MILLISECONDS);
	}

	private Call attempt(Call call) {
		Call attempt = call.attempt(new Deadline(0, Long.MAX_VALUE / 2));
		this.balancer.dispatch(attempt);
		return attempt;
	}

}
