package io.scalesrpc.hedging;

import java.time.Duration;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.TestMethod;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What the stage takes for a latency. */
class HedgingLearningTests {

	private final HedgingFixture fixture = new HedgingFixture();

	private void endAfter(int calls, Duration latency, Outcome outcome) {
		for (int i = 0; i < calls; i++) {
			Call call = this.fixture.send(this.fixture.call());
			this.fixture.time.advance(latency);
			call.end(outcome);
		}
	}

	private void assertDelayMillis(double expected) {
		this.fixture.time.advance(TailLatency.REFRESH);
		assertThat(this.fixture.delayMillis()).isCloseTo(expected, within(expected / 100));
	}

	@Test
	void nothingIsSentTwiceBeforeEnoughIsKnown() {
		this.fixture.answerAfter(Duration.ofMillis(50), 99);
		this.fixture.time.advance(TailLatency.REFRESH);
		Call call = this.fixture.send(this.fixture.call());
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		assertThat(this.fixture.delayMillis()).isNaN();
		call.end(Reply.EMPTY);
	}

	@Test
	void theGaugeShowsTheDelay() {
		this.fixture.answerAfter(Duration.ofMillis(10), 100);
		assertDelayMillis(10);
	}

	@Test
	void anAttemptThatWasSupersededTookThatLongAtLeast() {
		this.fixture.learned();
		for (int i = 0; i < 30; i++) {
			Call call = this.fixture.send(this.fixture.call());
			this.fixture.time.advance(Duration.ofMillis(40));
			this.fixture.next.last().end(Reply.EMPTY);
			assertThat(call.outcome()).isSameAs(Reply.EMPTY);
		}
		assertThat(this.fixture.count("won")).isEqualTo(30);
		// 30 of 430 are not the slowest tenth, but 50 of 450 would be
		assertDelayMillis(10);
		for (int i = 0; i < 20; i++) {
			Call call = this.fixture.send(this.fixture.call());
			this.fixture.time.advance(Duration.ofMillis(40));
			this.fixture.next.last().end(Reply.EMPTY);
			assertThat(call.isEnded()).isTrue();
		}
		assertDelayMillis(40);
	}

	@Test
	void aTimeoutTookThatLongAtLeast() {
		endAfter(200, Duration.ofMillis(20), Failure.of(FailureKind.TIMEOUT, "late"));
		assertDelayMillis(20);
	}

	@Test
	void aDeclaredExceptionIsALatency() {
		for (int i = 0; i < 200; i++) {
			this.fixture.send(this.fixture.call());
			this.fixture.time.advance(Duration.ofMillis(20));
			this.fixture.next.last().end(Failure.declared(new IllegalStateException("sold out")));
		}
		assertDelayMillis(20);
	}

	@Test
	void failingFastIsNoLatency() {
		for (int i = 0; i < 1000; i++) {
			this.fixture.send(this.fixture.call());
			this.fixture.next.last().end(Failure.of(FailureKind.REMOTE, "broken"));
		}
		endAfter(1000, Duration.ofMillis(1), Failure.of(FailureKind.CANCELLED, "the caller gave up"));
		this.fixture.time.advance(TailLatency.REFRESH);
		assertThat(this.fixture.delayMillis()).isNaN();
	}

	@Test
	void interfacesOfOneServiceShareWhatIsKnownOfAMethod() {
		this.fixture.learned();
		Call same = new Call(new TestMethod(Calls.METHOD.name()), new Object[0],
				Deadline.after(Duration.ofSeconds(1), this.fixture.time.nanos()), Context.empty(),
				this.fixture.call().options());
		this.fixture.send(same);
		assertThat(this.fixture.time.pendingTimeouts()).isOne();
		same.end(Reply.EMPTY);
	}

	@Test
	void methodsThatAreSetDifferentlyAreMeasuredApart() {
		this.fixture.learned();
		Call other = this.fixture
			.send(this.fixture.call(HedgingFixture.SETTINGS.withMaxExtraLoad(0.05), Duration.ofSeconds(10)));
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		Call same = this.fixture.send(this.fixture.call());
		assertThat(this.fixture.time.pendingTimeouts()).isOne();
		other.end(Reply.EMPTY);
		same.end(Reply.EMPTY);
	}

}
