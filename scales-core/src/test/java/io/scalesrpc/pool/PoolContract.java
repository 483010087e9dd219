package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.LeakCheckExtension;
import io.scalesrpc.testing.ScriptedRandom;

import static org.assertj.core.api.Assertions.assertThat;

/** What a pool does whatever its watermarks are. */
@ExtendWith(LeakCheckExtension.class)
abstract class PoolContract {

	static final Duration SECOND = Duration.ofSeconds(1);

	private final PoolSettings settings;

	PoolFixture fixture;

	PoolContract(PoolSettings settings) {
		this.settings = settings;
	}

	@BeforeEach
	void begin() {
		this.fixture = new PoolFixture(this.settings);
	}

	@AfterEach
	void close() {
		this.fixture.close();
		assertThat(this.fixture.standing()).isEmpty();
		assertThat(this.fixture.ends).hasSize(1);
		assertThat(this.fixture.collisions()).isZero();
	}

	@Test
	void oneCallAfterTheOtherTakesOneConnection() {
		for (int i = 0; i < 100; i++) {
			Call call = this.fixture.dispatch();
			this.fixture.answerAll();
			assertThat(call.outcome()).isInstanceOf(Reply.class);
		}
		assertThat(this.fixture.opened).hasSize(1);
	}

	@Test
	void aConnectionWhoseAnswerIsStillComingIsNotUsedUntilItCame() {
		this.fixture.dispatch();
		FakeSerialConnection first = this.fixture.opened.get(0);
		first.answerHead();
		assertThat(first.graces()).isEmpty();
		List<Call> others = this.fixture.dispatch(this.settings.high() + this.settings.queue() - 1);
		assertThat(first.calls()).isEqualTo(1);
		this.fixture.answerAll();
		first.answerRest();
		this.fixture.answerAll();
		assertThat(others).allMatch((call) -> call.outcome() instanceof Reply);
		assertThat(this.fixture.opened).hasSize(this.settings.high());
		assertThat(this.fixture.standing()).contains(first);
	}

	@Test
	void closingThePoolLetsAnAnswerThatIsStillComingFinish() {
		this.fixture.dispatch();
		FakeSerialConnection first = this.fixture.opened.get(0);
		first.answerHead();
		this.fixture.pool.close(SECOND);
		assertThat(first.isClosed()).isFalse();
		assertThat(first.graces()).containsExactly(SECOND);
		first.answerRest();
		assertThat(first.isClosed()).isTrue();
	}

	@Test
	void thereAreNeverMoreConnectionsThanTheHighMark() {
		List<Call> calls = this.fixture.dispatch(this.settings.high() + this.settings.queue());
		assertThat(this.fixture.opened).hasSize(this.settings.high());
		this.fixture.answerAll();
		assertThat(calls).allMatch((call) -> call.outcome() instanceof Reply);
		assertThat(this.fixture.opened).hasSize(this.settings.high());
	}

	@Test
	void aCallThatFindsTheQueueFullEndsAtOnce() {
		this.fixture.dispatch(this.settings.high() + this.settings.queue());
		Call tooMany = this.fixture.dispatch();
		assertThat(((Failure) tooMany.outcome()).kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(((Failure) tooMany.outcome()).reason()).contains("(expected: fewer than " + this.settings.queue());
		assertThat(this.fixture.pool.state()).isEqualTo(SinkState.BUSY);
		this.fixture.answerAll();
		assertThat(this.fixture.pool.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void theConnectionOfACallThatTimedOutIsNotUsedAgain() {
		Call call = this.fixture.dispatch(SECOND);
		FakeSerialConnection owing = this.fixture.busy().get(0);
		this.fixture.time.advance(SECOND);
		assertThat(((Failure) call.outcome()).kind()).isEqualTo(FailureKind.TIMEOUT);
		assertThat(owing.isClosed()).isTrue();
		Call next = this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(next.outcome()).isInstanceOf(Reply.class);
		assertThat(owing.calls()).isEqualTo(1);
		assertThat(this.fixture.ends).isEmpty();
	}

	@Test
	void theLastConnectionThatIsLostEndsThePool() {
		Call call = this.fixture.dispatch();
		this.fixture.opened.get(0).breakDown();
		assertThat(((Failure) call.outcome()).kind()).isEqualTo(FailureKind.CONNECTION_LOST);
		assertThat(this.fixture.pool.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.fixture.ends).singleElement().extracting(Failure::reason).isEqualTo("reset");
		Call later = this.fixture.dispatch();
		assertThat(((Failure) later.outcome()).kind()).isEqualTo(FailureKind.NOT_SENT);
	}

	@Test
	void aServerThatHangsUpOnAnIdleConnectionIsNotDown() {
		this.fixture.opened.get(0).hangUp();
		assertThat(this.fixture.pool.state()).isEqualTo(SinkState.IDLE);
		Call call = this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(call.outcome()).isInstanceOf(Reply.class);
		assertThat(this.fixture.opened).hasSize(2);
	}

	@Test
	void aLastConnectionThatHasAnsweredLeavesThePoolHoweverItEnds() {
		this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(this.fixture.pool.hasServed()).isTrue();
		this.fixture.opened.get(0).breakDown();
		assertThat(this.fixture.ends).isEmpty();
		Call call = this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(call.outcome()).isInstanceOf(Reply.class);
	}

	@Test
	void anEmptyPoolIsOpenedWithoutACall() {
		this.fixture.holdOpenings();
		this.fixture.opened.get(0).hangUp();
		List<SinkState> told = new ArrayList<>();
		this.fixture.pool.open(() -> told.add(this.fixture.pool.state()));
		this.fixture.pool.open(() -> told.add(this.fixture.pool.state()));
		assertThat(this.fixture.openings()).isOne();
		assertThat(told).isEmpty();
		this.fixture.succeed();
		assertThat(told).containsExactly(SinkState.OPEN, SinkState.OPEN);
		this.fixture.pool.open(() -> told.add(this.fixture.pool.state()));
		assertThat(told).hasSize(3);
	}

	@Test
	void aConnectionThatWasIdleForTooLongIsNotUsedThoughNobodyHasClosedItYet() {
		FakeSerialConnection first = this.fixture.opened.get(0);
		this.fixture.time.advance(this.fixture.idleTimeout());
		this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(first.isClosed()).isTrue();
		assertThat(first.calls()).isZero();
	}

	@Test
	void aConnectionThatWasIdleForASecondIsLookedAtBeforeACallThatCannotBeRepeated() {
		FakeSerialConnection first = this.fixture.opened.get(0);
		first.whenChecked(first::hangUp);
		this.fixture.time.advance(Duration.ofMillis(999));
		this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(first.calls()).isOne();
		this.fixture.time.advance(Duration.ofMillis(1000));
		Call call = this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(call.outcome()).isInstanceOf(Reply.class);
		assertThat(this.fixture.opened).hasSize(2);
	}

	@Test
	void aRefusedConnectionWithoutAnotherEndsThePoolAndTheCallsThatWait() {
		this.fixture.holdOpenings();
		this.fixture.opened.get(0).hangUp();
		Call call = this.fixture.dispatch();
		this.fixture.refuse();
		assertThat(((Failure) call.outcome()).kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.fixture.ends).singleElement().extracting(Failure::reason).isEqualTo("refused");
	}

	@Test
	void aCallThatEndsWhileItsConnectionIsOpenedLeavesItToTheNext() {
		this.fixture.holdOpenings();
		this.fixture.opened.get(0).hangUp();
		Call call = this.fixture.dispatch(SECOND);
		this.fixture.time.advance(SECOND);
		assertThat(((Failure) call.outcome()).kind()).isEqualTo(FailureKind.TIMEOUT);
		this.fixture.succeed();
		Call next = this.fixture.dispatch();
		this.fixture.answerAll();
		assertThat(next.outcome()).isInstanceOf(Reply.class);
		assertThat(this.fixture.opened).hasSize(2);
	}

	@Test
	void closingEndsWaitingCallsNowAndOthersWithTheirConnections() {
		List<Call> calls = this.fixture.dispatch(this.settings.high() + this.settings.queue());
		this.fixture.pool.close(SECOND);
		assertThat(calls.stream().filter(Call::isEnded)).hasSize(this.settings.queue());
		assertThat(this.fixture.ends).isEmpty();
		this.fixture.answerAll();
		assertThat(calls).allMatch(Call::isEnded);
		assertThat(this.fixture.ends).hasSize(1).containsOnlyNulls();
		Call later = this.fixture.dispatch();
		assertThat(((Failure) later.outcome()).kind()).isEqualTo(FailureKind.NOT_SENT);
	}

	@Test
	void aConnectionThatIsOpenedWhileThePoolClosesIsClosed() {
		this.fixture.holdOpenings();
		this.fixture.opened.get(0).hangUp();
		this.fixture.dispatch();
		this.fixture.pool.close(Duration.ZERO);
		assertThat(this.fixture.ends).isEmpty();
		this.fixture.succeed();
		assertThat(this.fixture.standing()).isEmpty();
		assertThat(this.fixture.ends).hasSize(1);
	}

	/** Calls come, time out, are answered, connections break: nothing is ever lost. */
	@Test
	void noConnectionIsLostHoweverThingsHappen() {
		for (int seed = 0; seed < 2000; seed++) {
			happen(new PoolFixture(this.settings).holdOpenings(), ScriptedRandom.seeded(seed));
		}
	}

	private void happen(PoolFixture pool, RandomGenerator random) {
		for (int step = 0; step < 60 && pool.ends.isEmpty(); step++) {
			happen(pool, random, random.nextInt(10));
			assertThat(pool.standing().size() + pool.openings()).isLessThanOrEqualTo(this.settings.high());
			assertThat(pool.pool.busyConnections()).isEqualTo(pool.busy().size());
		}
		while (pool.openings() > 0) {
			pool.succeed();
		}
		pool.answerAll();
		if (pool.ends.isEmpty()) {
			serveAsManyAsEver(pool);
		}
		pool.close();
		assertThat(pool.ends).hasSize(1);
		assertThat(pool.standing()).isEmpty();
		assertThat(pool.collisions()).isZero();
	}

	private void happen(PoolFixture pool, RandomGenerator random, int what) {
		List<FakeSerialConnection> busy = pool.busy();
		List<FakeSerialConnection> standing = pool.standing();
		if (what < 4) {
			pool.dispatch(Duration.ofMillis(1 + random.nextInt(50)));
		}
		else if (what < 6 && !busy.isEmpty()) {
			busy.get(random.nextInt(busy.size())).answer();
		}
		else if (what == 6 && pool.openings() > 0) {
			pool.succeed();
		}
		else if (what == 7 && pool.openings() > 0 && random.nextBoolean()) {
			pool.refuse();
		}
		else if (what == 8 && standing.size() > 1 && random.nextInt(4) == 0) {
			standing.get(random.nextInt(standing.size())).breakDown();
		}
		else {
			pool.time.advance(Duration.ofMillis(random.nextInt(30)));
		}
	}

	private void serveAsManyAsEver(PoolFixture pool) {
		pool.time.advance(Duration.ofNanos(PoolGrowth.PAUSE_NANOS));
		List<Call> calls = pool.dispatch(this.settings.high() + this.settings.queue());
		while (pool.openings() > 0) {
			pool.succeed();
		}
		assertThat(pool.busy()).hasSize(this.settings.high());
		pool.answerAll();
		assertThat(calls).allMatch((call) -> call.outcome() instanceof Reply);
	}

}
