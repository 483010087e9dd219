package io.scalesrpc.transport.reconnect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.transport.FakeConnection;
import io.scalesrpc.transport.FakeConnectionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How a {@link Resurrector} opens, loses and replaces its connection. <em>Confined to the
 * test's thread.</em>
 */
class ResurrectorTests {

	private final ResurrectorFixture fixture = new ResurrectorFixture();

	private final Resurrector resurrector = this.fixture.resurrector;

	private final FakeConnectionFactory factory = this.fixture.factory;

	@AfterEach
	void close() {
		this.resurrector.close(Duration.ZERO);
		if (this.factory.isOpening()) {
			this.factory.fail("the test is over");
		}
	}

	@Test
	void nothingIsOpenedBeforeTheFirstCall() {
		assertThat(this.resurrector.state()).isEqualTo(SinkState.IDLE);
		assertThat(this.factory.openings()).isZero();
	}

	@Test
	void callsWaitForTheFirstOpeningAndAreSentInTheirOrder() {
		List<Call> calls = List.of(this.fixture.dispatch(), this.fixture.dispatch(), this.fixture.dispatch());
		assertThat(this.factory.openings()).isOne();
		assertThat(this.resurrector.state()).isEqualTo(SinkState.IDLE);
		FakeConnection connection = this.factory.succeed();
		assertThat(connection.calls()).isEqualTo(calls);
		assertThat(this.resurrector.state()).isEqualTo(SinkState.OPEN);
	}

	@Test
	void aCallWhoseTimeIsOverWhileAConnectionIsMadeWasNotSentAndSaysSo() {
		CapturingObserver first = expire(this.fixture.dispatch());
		assertThat(first.failure()).isEqualTo(Failure.withheld("no connection to 10.0.0.7:9090 in time: opening"));
		FakeConnection connection = this.factory.succeed();
		connection.serve();
		connection.finish();
		CapturingObserver second = expire(this.fixture.dispatch());
		assertThat(second.failure()).isEqualTo(Failure.withheld("no connection to 10.0.0.7:9090 in time: replacing"));
		connection = this.factory.succeed();
		Call sent = this.fixture.dispatch();
		sent.expired();
		assertThat(sent.isEnded()).isFalse();
		assertThat(connection.calls()).containsExactly(sent);
	}

	private static CapturingObserver expire(Call call) {
		CapturingObserver observer = CapturingObserver.of(call);
		call.expired();
		return observer;
	}

	@Test
	void nobodyOvertakesThoseThatWaited() {
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			calls.add(this.fixture.dispatch());
		}
		FakeConnection connection = this.factory.succeed((sent) -> {
			if (sent == calls.get(0)) {
				calls.add(this.fixture.dispatch());
			}
		});
		assertThat(connection.calls()).containsExactlyElementsOf(calls).hasSize(4);
	}

	@Test
	void callsOnAnOpenConnectionAreSentAtOnce() {
		FakeConnection connection = this.fixture.open();
		Call call = this.fixture.dispatch();
		assertThat(connection.calls()).hasSize(2).endsWith(call);
	}

	@Test
	void whatAFullConnectionRefusesIsRefusedOnTheCallersThread() {
		this.fixture.open().fill();
		AtomicReference<Call> refused = new AtomicReference<>();
		// Inside a serial task: what is serial too would wait for its end.
		this.resurrector.open(() -> {
			Call call = this.fixture.dispatch();
			if (call.isEnded()) {
				refused.set(call);
			}
		});
		assertThat(refused.get()).isNotNull();
		assertThat(this.factory.isOpening()).isFalse();
	}

	@Test
	void everyWaitingCallEndsWithTheReasonWhenTheFirstOpeningFails() {
		List<CapturingObserver> observers = List.of(CapturingObserver.of(this.fixture.dispatch()),
				CapturingObserver.of(this.fixture.dispatch()));
		this.factory.fail("Connection refused");
		assertThat(observers).extracting((observer) -> observer.failure().kind()).containsOnly(FailureKind.NOT_SENT);
		assertThat(observers).allSatisfy((observer) -> assertThat(observer.failure().reason()).contains("10.0.0.7:9090",
				"Connection refused", "100 ms"));
		assertThat(this.resurrector.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void aCallThatEndedWhileItWaitedIsNotSent() {
		Call first = this.fixture.dispatch();
		first.end(Reply.EMPTY);
		Call second = this.fixture.dispatch();
		assertThat(this.factory.succeed().calls()).containsExactly(second);
	}

	@Test
	void tooManyWaitingCallsAreRefusedUntilOneOfThoseLeaves() {
		Call first = this.fixture.dispatch();
		for (int i = 1; i < Resurrector.MAX_WAITING; i++) {
			this.fixture.dispatch();
		}
		CapturingObserver refused = CapturingObserver.of(this.fixture.dispatch());
		assertThat(refused.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(refused.failure().reason()).contains("1024");
		first.end(Reply.EMPTY);
		assertThat(this.fixture.dispatch().isEnded()).isFalse();
	}

	@Test
	void whileTheMemberIsDownCallsFailAtOnce() {
		this.fixture.goDown("Connection refused");
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(observer.failure().reason()).contains("10.0.0.7:9090", "Connection refused", "100 ms");
		this.fixture.advanceMillis(100);
		assertThat(this.factory.isOpening()).isTrue();
		assertThat(CapturingObserver.of(this.fixture.dispatch()).failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.resurrector.state()).isEqualTo(SinkState.CLOSED);
	}

	@Test
	void aFaultBeforeAnyAnswerIsFollowedByAnOpeningAfterTheBackoffWithoutAnyCall() {
		FakeConnection first = this.fixture.open();
		first.breakDown("Connection reset");
		assertThat(this.resurrector.state()).isEqualTo(SinkState.CLOSED);
		this.fixture.advanceMillis(99);
		assertThat(this.factory.isOpening()).isFalse();
		this.fixture.advanceMillis(1);
		FakeConnection second = this.factory.succeed();
		Call call = this.fixture.dispatch();
		assertThat(second.calls()).containsExactly(call);
	}

	@Test
	void oneThatHasAnsweredIsReplacedAtOnceHoweverItEndsAndCallsWait() {
		for (int i = 0; i < 20; i++) {
			FakeConnection connection = (i == 0) ? this.fixture.open() : this.factory.succeed();
			connection.serve();
			connection.breakDown("Connection reset");
			assertThat(this.resurrector.state()).isEqualTo(SinkState.BUSY);
			assertThat(this.factory.isOpening()).isTrue();
			assertThat(this.fixture.dispatch().isEnded()).isFalse();
		}
	}

	@Test
	void oneThatStoodIsReplacedAtOnceHoweverItEnds() {
		this.fixture.openAndSettle().breakDown("Connection reset");
		assertThat(this.factory.isOpening()).isTrue();
		assertThat(this.resurrector.state()).isEqualTo(SinkState.BUSY);
	}

	@Test
	void theWaitGrowsWithEachFailureAndIsAfterTheFirstNoLessThanThePause() {
		this.fixture.goDown("refused");
		for (int failures = 1; failures <= 8; failures++) {
			assertThat(this.fixture.time.untilNext()).isEqualTo(waitAfter(failures));
			this.fixture.time.advance(waitAfter(failures));
			this.factory.fail("refused");
		}
	}

	/** The pause is longer by a quarter of the first wait, which is by chance. */
	private static Duration waitAfter(int failures) {
		Duration grown = Duration.ofMillis(100L * failures);
		Duration pause = ReconnectBackoff.PAUSE.plusMillis(25);
		return (failures > 1 && grown.compareTo(pause) < 0) ? pause : grown;
	}

	@Test
	void theWaitStartsOverAfterAConnectionThatStood() {
		this.fixture.goDown("refused");
		this.fixture.advanceMillis(100);
		this.factory.fail("refused");
		this.fixture.time.advance(waitAfter(2));
		FakeConnection connection = this.factory.succeed();
		this.fixture.advanceMillis(ReconnectBackoff.SETTLED_MILLIS);
		connection.breakDown("reset");
		this.factory.fail("refused");
		assertThat(this.fixture.time.untilNext()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void aPeerThatAcceptsAndHangsUpIsTriedLessAndLess() {
		this.fixture.open().breakDown("reset");
		for (int failures = 1; failures <= 8; failures++) {
			assertThat(this.fixture.time.untilNext()).isEqualTo(waitAfter(failures));
			this.fixture.time.advance(waitAfter(failures));
			FakeConnection connection = this.factory.succeed();
			if (failures % 2 == 0) {
				connection.breakDown("reset");
			}
			else {
				connection.finish();
			}
		}
	}

	@Test
	void whoeverAsksForAMemberThatIsDownBringsTheNextAttemptForward() {
		this.fixture.goDown("refused");
		for (int failures = 1; failures <= 10; failures++) {
			this.fixture.time.advance(waitAfter(failures));
			this.factory.fail("refused");
		}
		assertThat(this.fixture.time.untilNext()).isEqualTo(Duration.ofMillis(1100));
		this.fixture.advanceMillis(200);
		this.resurrector.open(() -> {
		});
		assertThat(this.fixture.time.untilNext()).as("if nobody asks again").isEqualTo(Duration.ofMillis(825));
		this.fixture.advanceMillis(299);
		this.resurrector.open(() -> {
		});
		assertThat(this.factory.isOpening()).as("half a second after the last attempt").isFalse();
		this.fixture.advanceMillis(1);
		this.resurrector.open(() -> {
		});
		this.fixture.advanceMillis(1);
		assertThat(this.factory.isOpening()).isTrue();
		this.factory.fail("refused");
		assertThat(this.fixture.time.untilNext()).as("whoever asked will ask again, and the waits grow anew")
			.isEqualTo(Duration.ofMillis(1024));
		this.fixture.advanceMillis(1024);
		this.factory.fail("refused");
		assertThat(this.fixture.time.untilNext()).isEqualTo(Duration.ofMillis(525));
	}

	@Test
	void howeverManyAskThereAreTwoAttemptsASecond() {
		this.fixture.goDown("refused");
		int before = this.factory.openings();
		for (int i = 0; i < 10_000; i++) {
			this.resurrector.open(() -> {
			});
			this.fixture.advanceMillis(1);
			if (this.factory.isOpening()) {
				this.factory.fail("refused");
			}
		}
		assertThat(this.factory.openings() - before).isBetween(18, 20);
	}

	@Test
	void aConnectionClosedInGoodOrderIsReplacedAtOnceAndCallsWait() {
		FakeConnection first = this.fixture.openAndSettle();
		first.finish();
		assertThat(this.factory.isOpening()).isTrue();
		assertThat(this.resurrector.state()).isEqualTo(SinkState.BUSY);
		Call call = this.fixture.dispatch();
		assertThat(this.factory.succeed().calls()).containsExactly(call);
	}

	@Test
	void aReplacementThatFailsIsFollowedByTheBackoff() {
		this.fixture.openAndSettle().finish();
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		this.factory.fail("refused");
		assertThat(observer.failure().reason()).contains("refused");
		assertThat(this.fixture.time.untilNext()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void aConnectionThatDrainsIsReplacedByTheNextCallAndLivesUntilItEnds() {
		FakeConnection draining = this.fixture.openAndSettle();
		Call old = draining.calls().get(0);
		draining.state(SinkState.BUSY);
		List<Call> calls = List.of(this.fixture.dispatch(), this.fixture.dispatch());
		assertThat(this.factory.openings()).isEqualTo(2);
		FakeConnection next = this.factory.succeed();
		assertThat(next.calls()).isEqualTo(calls);
		assertThat(old.isEnded()).isFalse();
		assertThat(draining.graces()).containsExactly(Resurrector.RETIREMENT);
		draining.finish();
		assertThat(this.resurrector.state()).isEqualTo(SinkState.OPEN);
		assertThat(this.factory.isOpening()).isFalse();
	}

	@Test
	void theSecondConnectionThatDrainsAsSoonAsItIsOpenedIsAFault() {
		this.fixture.open().state(SinkState.BUSY);
		assertThat(this.fixture.dispatch().isEnded()).isFalse();
		this.factory.succeed().state(SinkState.BUSY);
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		assertThat(observer.failure().reason()).contains("its connections end before they have answered anything");
		assertThat(this.factory.isOpening()).isFalse();
		assertThat(this.fixture.time.untilNext()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void oneThatDrainsAfterItHasAnsweredIsReplacedAtOnceHoweverYoungItIs() {
		for (int i = 0; i < 20; i++) {
			FakeConnection draining = (i == 0) ? this.fixture.open() : this.factory.succeed();
			draining.serve();
			draining.state(SinkState.BUSY);
			assertThat(this.fixture.dispatch().isEnded()).isFalse();
			assertThat(this.factory.isOpening()).isTrue();
		}
	}

	@Test
	void aCallThatFindsAClosedConnectionSharesTheFateOfIt() {
		FakeConnection connection = this.fixture.openAndSettle();
		connection.state(SinkState.CLOSED);
		Call call = this.fixture.dispatch();
		assertThat(call.isEnded()).isFalse();
		connection.finish();
		assertThat(this.factory.succeed().calls()).containsExactly(call);
	}

	@Test
	void aConnectionThatBrokeBeforeItCouldBeUsedIsAFault() {
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		this.factory.succeedTooLate("reset");
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(this.resurrector.state()).isEqualTo(SinkState.CLOSED);
		assertThat(this.fixture.time.untilNext()).isEqualTo(Duration.ofMillis(100));
	}

	@Test
	void connectionsAreCounted() {
		this.fixture.goDown("refused");
		this.fixture.advanceMillis(100);
		this.factory.succeed().breakDown("reset");
		assertThat(List.of(this.fixture.connections("opened"), this.fixture.connections("failed"),
				this.fixture.connections("closed")))
			.containsOnly(1.0);
	}

}
