package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;

import static org.assertj.core.api.Assertions.assertThat;

class WatermarkPoolTests extends PoolContract {

	private static final Duration IDLE = Duration.ofMinutes(1);

	WatermarkPoolTests() {
		super(new PoolSettings(2, 8, 16, IDLE, Duration.ofMinutes(10)));
	}

	/** The original opened and closed a connection for nearly every call. */
	@Test
	void connectionsAboveTheLowMarkAreKeptBetweenCalls() {
		for (int i = 0; i < 1000; i++) {
			this.fixture.dispatch(8);
			this.fixture.answerAll();
		}
		assertThat(this.fixture.opened).hasSize(8);
	}

	@Test
	void theConnectionThatWasUsedLastIsUsedNext() {
		this.fixture.dispatch(8);
		this.fixture.answerAll();
		FakeSerialConnection last = this.fixture.opened.get(7);
		for (int i = 0; i < 10; i++) {
			this.fixture.dispatch();
			this.fixture.answerAll();
		}
		assertThat(last.calls()).isEqualTo(11);
	}

	@Test
	void allConnectionsThatAreIdleForTooLongAreClosedAndSomeAreReplaced() {
		this.fixture.dispatch(8);
		this.fixture.answerAll();
		this.fixture.time.advance(IDLE.minusMillis(1));
		assertThat(this.fixture.standing()).hasSize(8);
		this.fixture.time.advance(Duration.ofMillis(1));
		assertThat(this.fixture.standing()).hasSize(2).doesNotContainAnyElementsOf(this.fixture.opened.subList(0, 8));
		assertThat(this.fixture.pool.idleConnections()).isEqualTo(2);
	}

	@Test
	void aPoolThatNobodyUsesEndsUpWithoutConnectionsAndIsNotOver() {
		this.fixture.dispatch(8);
		this.fixture.answerAll();
		this.fixture.time.advance(IDLE.multipliedBy(4));
		assertThat(this.fixture.standing()).isEmpty();
		assertThat(this.fixture.opened).hasSize(10);
		assertThat(this.fixture.pool.state()).isEqualTo(SinkState.IDLE);
		Call call = this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(call.outcome()).isInstanceOf(Reply.class);
	}

	@Test
	void aConnectionInUseIsNeverClosedForItsTime() {
		Call call = this.fixture.dispatch(Duration.ofHours(1));
		this.fixture.time.advance(Duration.ofMinutes(30));
		assertThat(call.isEnded()).isFalse();
		this.fixture.answerAll();
		assertThat(call.outcome()).isInstanceOf(Reply.class);
		assertThat(this.fixture.standing()).isEmpty();
	}

	@Test
	void connectionsOfOneAgeAreReplacedAtDifferentTimes() {
		useFor(Duration.ofMinutes(9).minusSeconds(1));
		assertThat(this.fixture.opened).hasSize(2);
		while (this.fixture.opened.size() == 2) {
			useFor(Duration.ofSeconds(1));
		}
		assertThat(this.fixture.opened).hasSize(3);
		useFor(Duration.ofMinutes(1));
		assertThat(this.fixture.opened).hasSize(4);
		assertThat(this.fixture.ends).isEmpty();
	}

	@Test
	void oneThatIsAboutToBeTooOldIsUsedUntilAnotherHasItsPlace() {
		useFor(Duration.ofMinutes(9));
		this.fixture.holdOpenings();
		while (this.fixture.openings() == 0) {
			useFor(Duration.ofSeconds(1));
		}
		assertThat(this.fixture.standing()).hasSize(2);
		this.fixture.refuse();
		useFor(Duration.ofSeconds(2));
		assertThat(this.fixture.openings()).isEqualTo(1);
		assertThat(this.fixture.standing()).hasSize(2);
		this.fixture.succeed();
		assertThat(this.fixture.standing()).hasSize(2).contains(this.fixture.opened.get(2));
		assertThat(this.fixture.ends).isEmpty();
	}

	@Test
	void oneInUseIsReplacedAndFinishesItsCall() {
		Call call = this.fixture.dispatch(Duration.ofHours(1));
		this.fixture.time.advance(Duration.ofMinutes(10));
		assertThat(this.fixture.opened.size()).isGreaterThan(1);
		FakeSerialConnection old = this.fixture.opened.get(0);
		assertThat(old.isClosed()).isFalse();
		old.answer();
		assertThat(call.outcome()).isInstanceOf(Reply.class);
		assertThat(old.isClosed()).isTrue();
	}

	@Test
	void oneWhoseCallsFailWhileItsNeighboursWereAnsweredIsClosed() {
		this.fixture.dispatch(2);
		this.fixture.answerAll();
		FakeSerialConnection bad = this.fixture.opened.get(1);
		for (int i = 0; i < 3; i++) {
			assertThat(bad.isClosed()).isFalse();
			this.fixture.dispatch();
			bad.fail();
		}
		assertThat(bad.isClosed()).isTrue();
		Call next = this.fixture.dispatch();
		this.fixture.opened.get(0).answer();
		assertThat(next.outcome()).isInstanceOf(Reply.class);
		assertThat(this.fixture.ends).isEmpty();
	}

	/** One every five seconds at the most: where all fail it is nobody's fault. */
	@Test
	void noneIsClosedWhereTheOthersFailAsWell() {
		this.fixture.dispatch(8);
		this.fixture.answerAll();
		for (int i = 0; i < 100; i++) {
			this.fixture.dispatch(8);
			this.fixture.busy().forEach(FakeSerialConnection::fail);
		}
		assertThat(this.fixture.standing()).hasSizeBetween(7, 8);
		this.fixture.time.advance(Duration.ofSeconds(6));
		for (int i = 0; i < 100; i++) {
			this.fixture.dispatch(8);
			this.fixture.busy().forEach(FakeSerialConnection::fail);
		}
		assertThat(this.fixture.opened).hasSizeBetween(8, 9);
	}

	/** Two calls at a time, one pair after the other. */
	private void useFor(Duration time) {
		for (long i = time.toSeconds(); i > 0; i--) {
			this.fixture.dispatch(2);
			this.fixture.answerAll();
			this.fixture.time.advance(Duration.ofSeconds(1));
		}
	}

	/** In the original the loss of one connection closed all. */
	@Test
	void aConnectionThatIsLostLeavesTheOthersAlone() {
		List<Call> calls = this.fixture.dispatch(8);
		this.fixture.opened.get(3).breakDown();
		this.fixture.answerAll();
		assertThat(((Failure) calls.get(3).outcome()).kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(calls.stream().filter((call) -> call.outcome() instanceof Reply)).hasSize(7);
		assertThat(this.fixture.ends).isEmpty();
	}

	@Test
	void aMemberThatRefusesMoreConnectionsIsAskedAgainAfterASecond() {
		this.fixture.holdOpenings();
		Call first = this.fixture.dispatch();
		Call second = this.fixture.dispatch();
		this.fixture.refuse();
		Call third = this.fixture.dispatch();
		assertThat(this.fixture.openings()).isZero();
		this.fixture.time.advance(Duration.ofNanos(PoolGrowth.PAUSE_NANOS));
		assertThat(this.fixture.openings()).isEqualTo(2);
		this.fixture.answerAll();
		assertThat(List.of(first, second, third)).allMatch((call) -> call.outcome() instanceof Reply);
	}

	@Test
	void noMoreConnectionsAreOpenedThanCallsWait() {
		this.fixture.holdOpenings();
		this.fixture.dispatch(4);
		assertThat(this.fixture.openings()).isEqualTo(3);
		this.fixture.answerAll();
		this.fixture.dispatch();
		assertThat(this.fixture.openings()).isEqualTo(3);
		this.fixture.answerAll();
	}

	/**
	 * Its thread may have been stopped on the way, for as long as it takes to open many.
	 */
	@Test
	void nothingIsOpenedForACallThatIsStillOnItsWay() {
		List<Call> calls = new ArrayList<>();
		FakeSerialConnection fresh = new FakeSerialConnection();
		fresh.whenTaken(() -> calls.add(this.fixture.dispatch()));
		this.fixture.opened.get(0).hangUp();
		this.fixture.holdOpenings();
		this.fixture.pool.open(() -> {
		});
		this.fixture.succeed(fresh);
		assertThat(fresh.current()).isSameAs(calls.get(0));
		assertThat(this.fixture.openings()).isZero();
		this.fixture.answerAll();
		assertThat(calls.get(0).outcome()).isInstanceOf(Reply.class);
	}

}
