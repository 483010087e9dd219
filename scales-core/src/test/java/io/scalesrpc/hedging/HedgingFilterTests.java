package io.scalesrpc.hedging;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.TestMethod;
import io.scalesrpc.time.Timer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class HedgingFilterTests {

	private static final Failure SUPERSEDED = Failure.of(FailureKind.CANCELLED, "superseded by another attempt");

	private static final Failure LOST = Failure.of(FailureKind.CONNECTION_LOST, "connection lost");

	private static final Failure REFUSED = Failure.of(FailureKind.NOT_SENT, "refused");

	private static final Duration BEFORE = Duration.ofMillis(9);

	private static final Duration AFTER = Duration.ofMillis(11);

	private final HedgingFixture fixture = new HedgingFixture().learned();

	private final Call call = this.fixture.call();

	private final CapturingObserver observer = CapturingObserver.of(this.call);

	private Call attempt(int number) {
		return this.fixture.next.calls().get(number);
	}

	private List<Call> attempts() {
		return this.fixture.next.calls();
	}

	private void sendAndHedge() {
		this.fixture.send(this.call);
		this.fixture.time.advance(AFTER);
		assertThat(attempts()).hasSize(2);
	}

	@Test
	void aCallThatIsAnsweredInTimeIsSentOnce() {
		this.fixture.send(this.call);
		this.fixture.time.advance(BEFORE);
		attempt(0).end(Reply.of(3));
		assertThat(this.observer.value()).isEqualTo(3);
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		this.fixture.time.advance(AFTER);
		assertThat(attempts()).hasSize(1);
		assertThat(this.fixture.count("sent")).isZero();
	}

	@Test
	void aCallThatTakesLongIsSentASecondTime() {
		this.fixture.send(this.call);
		this.fixture.time.advance(BEFORE);
		assertThat(attempts()).hasSize(1);
		this.fixture.time.advance(AFTER.minus(BEFORE));
		assertThat(attempts()).hasSize(2).doesNotContain(this.call);
		assertThat(this.fixture.count("sent")).isOne();
		this.fixture.time.advance(Duration.ofSeconds(5));
		assertThat(attempts()).hasSize(2);
		this.call.end(SUPERSEDED);
	}

	@Test
	void theSecondAttemptMayWin() {
		sendAndHedge();
		attempt(1).end(Reply.of(3));
		assertThat(this.observer.value()).isEqualTo(3);
		assertThat(attempt(0).outcome()).isEqualTo(SUPERSEDED);
		assertThat(this.fixture.count("won")).isOne();
	}

	@Test
	void theFirstAttemptMayStillWin() {
		sendAndHedge();
		attempt(0).end(Reply.of(3));
		assertThat(this.observer.value()).isEqualTo(3);
		assertThat(attempt(1).outcome()).isEqualTo(SUPERSEDED);
		assertThat(this.fixture.count("won")).isZero();
	}

	@Test
	void aDeclaredExceptionIsAnAnswer() {
		Failure declared = Failure.declared(new IllegalStateException("sold out"));
		sendAndHedge();
		attempt(1).end(declared);
		assertThat(this.observer.outcome()).isSameAs(declared);
		assertThat(attempt(0).outcome()).isEqualTo(SUPERSEDED);
		assertThat(this.fixture.count("won")).isOne();
	}

	@ParameterizedTest
	@EnumSource(names = { "NOT_SENT", "CONNECTION_LOST", "TIMEOUT", "REMOTE", "INTERNAL" })
	void aFailureBeforeTheDelayIsTheCallsAtOnce(FailureKind kind) {
		Failure failure = Failure.of(kind, "as it came");
		this.fixture.send(this.call);
		attempt(0).end(failure);
		assertThat(this.observer.outcome()).isSameAs(failure);
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		assertThat(attempts()).hasSize(1);
	}

	@Test
	void aFailureOfOneWaitsForTheOther() {
		sendAndHedge();
		attempt(0).end(LOST);
		assertThat(this.call.isEnded()).isFalse();
		attempt(1).end(Reply.of(3));
		assertThat(this.observer.value()).isEqualTo(3);
	}

	@Test
	void aFailureOfTheSecondWaitsForTheFirst() {
		sendAndHedge();
		attempt(1).end(REFUSED);
		assertThat(this.call.isEnded()).isFalse();
		attempt(0).end(Reply.of(3));
		assertThat(this.observer.value()).isEqualTo(3);
	}

	@Test
	void whenBothFailTheLastFailureStands() {
		Failure last = Failure.of(FailureKind.REMOTE, "out of memory");
		sendAndHedge();
		attempt(0).end(LOST);
		attempt(1).end(last);
		assertThat(this.observer.outcome()).isSameAs(last);
	}

	@Test
	void thatNothingWasProcessedIsOnlySaidIfItIsTrueOfBoth() {
		sendAndHedge();
		attempt(0).end(LOST);
		attempt(1).end(REFUSED);
		assertThat(this.observer.outcome()).isSameAs(LOST);
	}

	@Test
	void whenBothAreRefusedTheCallWasNotSent() {
		sendAndHedge();
		attempt(1).end(REFUSED);
		attempt(0).end(REFUSED);
		assertThat(this.observer.outcome()).isSameAs(REFUSED);
	}

	@Test
	void aSecondAttemptThatIsRefusedWhileItIsSentHarmsNothing() {
		this.fixture.send(this.call);
		this.fixture.next.behave((attempt) -> attempt.end(REFUSED));
		this.fixture.time.advance(AFTER);
		assertThat(this.call.isEnded()).isFalse();
		attempt(0).end(Reply.of(3));
		assertThat(this.observer.value()).isEqualTo(3);
	}

	@Test
	void cancellingTheCallCancelsBothAttempts() {
		Failure cancelled = Failure.of(FailureKind.CANCELLED, "the caller gave up");
		sendAndHedge();
		this.call.end(cancelled);
		assertThat(attempts()).allSatisfy((attempt) -> assertThat(attempt.outcome()).isSameAs(cancelled));
		assertThat(this.observer.outcome()).isSameAs(cancelled);
	}

	@Test
	void cancellingTheCallCallsTheSecondAttemptOff() {
		this.fixture.send(this.call);
		this.call.end(Failure.of(FailureKind.CANCELLED, "the caller gave up"));
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		assertThat(attempts()).hasSize(1);
	}

	@Test
	void aCallThatHasLessTimeThanTheDelayIsSentOnce() {
		Call hurried = this.fixture.send(this.fixture.call(HedgingFixture.SETTINGS, BEFORE));
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		hurried.end(Failure.of(FailureKind.TIMEOUT, "late"));
	}

	/** Its timer was late. */
	@Test
	void nothingIsSentPastTheDeadline() {
		List<Runnable> due = new ArrayList<>();
		HedgingFilter filter = new HedgingFilter(this.fixture.time, (task, delay, unit) -> {
			due.add(task);
			return () -> due.remove(task);
		}, this.fixture.retries, new ClientMetrics(this.fixture.registry, "late", "thriftmux"));
		for (int i = 0; i < 400; i++) {
			Call one = this.fixture.call(HedgingFixture.SETTINGS, Duration.ofMillis(50));
			filter.filter(one, this.fixture.next);
			this.fixture.time.advance(Duration.ofMillis(10));
			one.end(Reply.EMPTY);
		}
		Call late = this.fixture.call(HedgingFixture.SETTINGS, Duration.ofMillis(50));
		filter.filter(late, this.fixture.next);
		int sent = attempts().size();
		this.fixture.time.advance(Duration.ofMillis(50));
		due.get(0).run();
		assertThat(attempts()).hasSize(sent);
		late.end(Failure.of(FailureKind.TIMEOUT, "late"));
		assertThat(due).isEmpty();
	}

	@Test
	void aClosedTimerCostsTheSecondAttemptAndNothingElse() {
		Timer closed = (task, delay, unit) -> {
			throw new IllegalStateException("closed");
		};
		HedgingFilter filter = new HedgingFilter(this.fixture.time, closed, this.fixture.retries,
				new ClientMetrics(this.fixture.registry, "closed", "thriftmux"));
		for (int i = 0; i < 400; i++) {
			Call one = this.fixture.call();
			filter.filter(one, this.fixture.next);
			this.fixture.time.advance(Duration.ofMillis(10));
			this.fixture.next.last().end(Reply.EMPTY);
			assertThat(one.outcome()).isSameAs(Reply.EMPTY);
		}
		this.call.end(REFUSED);
	}

	@Test
	void theSecondAttemptSaysThatItIsOne() {
		sendAndHedge();
		assertThat(attempt(0).context().get(Hedge.CONTEXT)).isNull();
		assertThat(attempt(1).context().get(Hedge.CONTEXT)).isEmpty();
		this.call.end(REFUSED);
	}

	@Test
	void whatIsNotIdempotentIsNotTouched() {
		CallOptions options = CallOptions.of(HedgingSettings.KEY, HedgingFixture.SETTINGS);
		assertPasses(this.fixture.call(options, Duration.ofSeconds(1)));
	}

	@Test
	void whatIsNotHedgedIsNotTouched() {
		CallOptions options = CallOptions.of(Idempotence.KEY, true);
		assertPasses(this.fixture.call(options, Duration.ofSeconds(1)));
	}

	@Test
	void whatIsNotAnsweredIsNotTouched() {
		CallOptions options = CallOptions.of(HedgingSettings.KEY, HedgingFixture.SETTINGS).with(Idempotence.KEY, true);
		assertPasses(new Call(new TestMethod("Calculator", "fire", true), new Object[0],
				Deadline.after(Duration.ofSeconds(1), this.fixture.time.nanos()), Context.empty(), options));
	}

	private void assertPasses(Call other) {
		this.fixture.send(other);
		assertThat(attempts()).containsExactly(other);
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		other.end(Reply.EMPTY);
		this.call.end(REFUSED);
	}

}
