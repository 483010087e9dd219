package io.scalesrpc.circuitbreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.groups.Tuple.tuple;

class CircuitBreakerTests {

	private static final CircuitBreakerSettings TWO = CircuitBreakerSettings.DEFAULT.withFailMax(2);

	private final BreakerFixture fixture = new BreakerFixture(TWO);

	@Test
	void opensAfterFailuresInARowAndSaysWhyAndForHowLong() {
		this.fixture.fail(2);
		this.fixture.seconds(1);
		Failure refusal = CapturingObserver.of(this.fixture.send()).failure();
		assertThat(refusal.kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(refusal.nonRetryable()).isTrue();
		assertThat(refusal.reason())
			.isEqualTo("circuit breaker open for 29000 ms more: 2 failures in a row (last: REMOTE overloaded)");
		assertThat(this.fixture.sink.calls()).hasSize(2);
	}

	@Test
	void anAnswerBreaksTheRow() {
		this.fixture.fail(1);
		this.fixture.answer(1);
		this.fixture.fail(1);
		assertThat(this.fixture.view().failuresInARow()).isOne();
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aDeclaredExceptionIsAnAnswer() {
		this.fixture.fail(1);
		this.fixture.end(1, Failure.declared(new IllegalStateException("by zero")));
		assertThat(this.fixture.view().failuresInARow()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "CANCELLED", "INTERNAL", "NOT_SENT" })
	void whatSaysNothingNeitherBreaksTheRowNorAddsToIt(FailureKind kind) {
		this.fixture.fail(1);
		this.fixture.end(5, Failure.of(kind, "of this side"));
		assertThat(this.fixture.view().failuresInARow()).isOne();
	}

	@ParameterizedTest
	@EnumSource(names = { "TIMEOUT", "CONNECTION_LOST", "REMOTE", "NOT_SENT" })
	void whatAMemberIsToBlameForCounts(FailureKind kind) {
		this.fixture.endAtMember(Failure.of(kind, "of the member"));
		assertThat(this.fixture.view().failuresInARow()).isOne();
	}

	@Test
	void aNackCountsEvenIfItIsInjected() {
		this.fixture.end(2, Failure.nack(FailureKind.NOT_SENT, "refused", false));
		assertThat(this.fixture.state()).isEqualTo(CircuitState.OPEN);
	}

	@Test
	void aCallThatIsOverOnArrivalCountsNothing() {
		Call call = this.fixture.send();
		call.end(BreakerFixture.FAILED);
		this.fixture.breakers.stage().filter(call, this.fixture.sink);
		assertThat(this.fixture.view().failuresInARow()).isOne();
		assertThat(this.fixture.sink.calls()).hasSize(1);
	}

	@Test
	void aProbeThatIsAnsweredCloses() {
		this.fixture.fail(2);
		this.fixture.seconds(30);
		this.fixture.answer(1);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
		this.fixture.fail(1);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aProbeThatFailsOpensForAnotherPeriod() {
		this.fixture.fail(2);
		this.fixture.seconds(30);
		this.fixture.fail(1);
		assertThat(this.fixture.refusal())
			.isEqualTo("circuit breaker open for 30000 ms more: a probe failed (last: REMOTE overloaded)");
		this.fixture.time.advance(Duration.ofSeconds(30).minusNanos(1));
		assertThat(this.fixture.refusal()).startsWith("circuit breaker open for 1 ms more");
		this.fixture.time.advance(Duration.ofNanos(1));
		this.fixture.answer(1);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void whileAProbeIsOnItsWayOthersAreRefused() {
		this.fixture.fail(2);
		this.fixture.seconds(30);
		assertThat(this.fixture.view().problem())
			.isEqualTo("half-open, waiting for a probe: 2 failures in a row (last: REMOTE overloaded)");
		Call probe = this.fixture.send();
		assertThat(this.fixture.refusal())
			.isEqualTo("circuit breaker half-open, being probed: 2 failures in a row (last: REMOTE overloaded)");
		probe.end(Reply.EMPTY);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aProbeThatIsCancelledGivesItsPlaceBack() {
		this.fixture.fail(2);
		this.fixture.seconds(30);
		for (int i = 0; i < 3; i++) {
			this.fixture.send().end(BreakerFixture.GAVE_UP);
			assertThat(this.fixture.state()).isEqualTo(CircuitState.HALF_OPEN);
		}
		this.fixture.answer(1);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void allProbesMustBeAnswered() {
		BreakerFixture three = new BreakerFixture(TWO.withHalfOpenCalls(3));
		three.fail(2);
		three.seconds(30);
		three.answer(1);
		Call second = three.send();
		Call third = three.send();
		assertThat(three.refusal()).contains("being probed");
		second.end(Reply.EMPTY);
		assertThat(three.state()).isEqualTo(CircuitState.HALF_OPEN);
		third.end(BreakerFixture.FAILED);
		assertThat(three.state()).isEqualTo(CircuitState.OPEN);
		three.seconds(30);
		three.answer(3);
		assertThat(three.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void callsThatBeganBeforeTheOpeningDisturbNothingLater() {
		Call failsLate = this.fixture.send();
		Call answeredLate = this.fixture.send();
		Call failsEvenLater = this.fixture.send();
		this.fixture.fail(2);
		answeredLate.end(Reply.EMPTY);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.OPEN);
		this.fixture.seconds(30);
		Call probe = this.fixture.send();
		failsLate.end(BreakerFixture.FAILED);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.HALF_OPEN);
		probe.end(Reply.EMPTY);
		failsEvenLater.end(BreakerFixture.FAILED);
		assertThat(this.fixture.view().failuresInARow()).isZero();
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void aProbeOfAnEarlierStayDecidesNothing() {
		BreakerFixture two = new BreakerFixture(TWO.withHalfOpenCalls(2));
		two.fail(2);
		two.seconds(30);
		Call late = two.send();
		two.send().end(BreakerFixture.FAILED);
		two.seconds(30);
		two.answer(1);
		late.end(Reply.EMPTY);
		assertThat(two.state()).isEqualTo(CircuitState.HALF_OPEN);
		two.answer(1);
		assertThat(two.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void anOperatorSetsTheStateAndIsNamed() {
		this.fixture.breakers.set("*", CircuitState.FORCED_OPEN, "alice");
		this.fixture.seconds(3600);
		assertThat(this.fixture.refusal()).isEqualTo("circuit breaker forced open: set by alice");
		this.fixture.breakers.set("*", CircuitState.DISABLED, "bob");
		this.fixture.fail(50);
		assertThat(this.fixture.refusal()).isNull();
		this.fixture.sink.last().end(Reply.EMPTY);
		this.fixture.breakers.set("*", CircuitState.OPEN, "bob");
		assertThat(this.fixture.refusal()).isEqualTo("circuit breaker open for 30000 ms more: set by bob");
		this.fixture.breakers.set("*", CircuitState.HALF_OPEN, "bob");
		this.fixture.answer(1);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
		assertThat(this.fixture.events).extracting(CircuitBreakerEvent::toString)
			.containsExactly("[calculator] circuit breaker of all methods: closed -> forced-open: set by alice",
					"[calculator] circuit breaker of all methods: forced-open -> disabled: set by bob",
					"[calculator] circuit breaker of all methods: disabled -> open: set by bob",
					"[calculator] circuit breaker of all methods: open -> half-open: set by bob",
					"[calculator] circuit breaker of all methods: half-open -> closed: answered");
	}

	@Test
	void callsOfATimeBeforeTheOperatorsWordDoNotUndoIt() {
		Call before = this.fixture.send();
		this.fixture.fail(1);
		this.fixture.breakers.set("*", CircuitState.DISABLED, "alice");
		before.end(BreakerFixture.FAILED);
		assertThat(this.fixture.state()).isEqualTo(CircuitState.DISABLED);
	}

	@Test
	void aScopeWithoutABreakerIsNamed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.fixture.breakers.set("add", CircuitState.CLOSED, "alice"))
			.withMessage("scope: add (expected: one of [*])");
	}

	@Test
	void everyTransitionIsToldOnceAndCounted() {
		this.fixture.fail(2);
		this.fixture.refusal();
		this.fixture.refusal();
		this.fixture.seconds(30);
		this.fixture.answer(1);
		assertThat(this.fixture.events).extracting(CircuitBreakerEvent::from, CircuitBreakerEvent::to)
			.containsExactly(tuple(CircuitState.CLOSED, CircuitState.OPEN),
					tuple(CircuitState.OPEN, CircuitState.HALF_OPEN),
					tuple(CircuitState.HALF_OPEN, CircuitState.CLOSED));
		assertThat(transitions("open")).isOne();
		assertThat(transitions("half_open")).isOne();
		assertThat(transitions("closed")).isOne();
		assertThat(transitions("forced_open")).isZero();
		assertThat(this.fixture.meter(MeterNames.CIRCUIT_BREAKER_REJECTED, "scope", "*")).isEqualTo(2);
	}

	@Test
	void aTransitionIsToldAsWhatItWasHoweverLate() {
		AtomicLong readings = new AtomicLong();
		List<CircuitBreakerEvent> events = new ArrayList<>();
		CircuitBreakers hasty = new CircuitBreakers(CallOptions.of(CircuitBreakerSettings.KEY, TWO.withFailMax(1)),
				Map.of(), new Surroundings("calculator", this.fixture.metrics(),
						() -> readings.getAndAdd(Duration.ofHours(1).toNanos()), List.of(events::add), Runnable::run));
		Call call = new Call(Calls.METHOD, new Object[0], new Deadline(0, Long.MAX_VALUE / 2), Context.empty(),
				hasty.inCharge("add", "add"));
		hasty.stage().filter(call, this.fixture.sink);
		call.end(BreakerFixture.FAILED);
		assertThat(events).extracting(CircuitBreakerEvent::to).containsExactly(CircuitState.OPEN);
	}

	@Test
	void theStateIsOneGaugeAState() {
		this.fixture.fail(2);
		assertThat(gauge("open")).isOne();
		assertThat(gauge("closed")).isZero();
		this.fixture.seconds(31);
		assertThat(gauge("open")).isZero();
		assertThat(gauge("half_open")).isOne();
		assertThat(this.fixture.view().age()).isEqualTo(Duration.ofSeconds(1));
		assertThat(this.fixture.events).hasSize(1);
	}

	@Test
	void aMethodWithSettingsOfItsOwnHasABreakerOfItsOwn() {
		CallOptions same = CallOptions.of(CircuitBreakerSettings.KEY, TWO);
		CallOptions none = CallOptions.of(CircuitBreakerSettings.KEY, CircuitBreakerSettings.OFF);
		BreakerFixture scopes = new BreakerFixture(TWO, Map.of("add", same, "sub", same, "ping", none));
		CircuitBreakers breakers = scopes.breakers;
		CallOptions add = breakers.inCharge("add", "Add");
		CallOptions sub = breakers.inCharge("javaSub", "sub");
		CallOptions ping = breakers.inCharge("ping", "ping");
		for (int i = 0; i < 2; i++) {
			scopes.send(add).end(BreakerFixture.FAILED);
			scopes.send(ping).end(BreakerFixture.FAILED);
		}
		assertThat(breakers.views()).extracting(CircuitBreakerView::scope, CircuitBreakerView::state)
			.containsExactlyInAnyOrder(tuple("*", CircuitState.CLOSED), tuple("add", CircuitState.OPEN),
					tuple("sub", CircuitState.CLOSED));
		scopes.fail(2);
		for (CallOptions open : List.of(sub, ping)) {
			Call call = scopes.send(open);
			assertThat(call.isEnded()).isFalse();
			call.end(Reply.EMPTY);
		}
	}

	@Test
	void withoutSettingsThereIsNone() {
		assertThat(new BreakerFixture(CircuitBreakerSettings.OFF).breakers.isEmpty()).isTrue();
		assertThat(this.fixture.breakers.isEmpty()).isFalse();
	}

	private double transitions(String state) {
		return this.fixture.meter(MeterNames.CIRCUIT_BREAKER_TRANSITIONS, "scope", "*", "state", state);
	}

	private double gauge(String state) {
		return this.fixture.meter(MeterNames.CIRCUIT_BREAKER_STATE, "scope", "*", "state", state);
	}

}
