package io.scalesrpc.timeout;

import java.time.Duration;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineFilterTests {

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final FakeSink next = FakeSink.holding();

	private final DeadlineFilter filter = new DeadlineFilter(this.time, this.time);

	@Test
	void aCallWithoutAnswerEndsAtItsDeadlineAndNotBefore() {
		Call call = Calls.call(this.time, Duration.ofMillis(30));
		CapturingObserver observer = CapturingObserver.of(call);
		this.filter.filter(call, this.next);
		this.time.advance(Duration.ofMillis(30).minusNanos(1));
		assertThat(observer.times()).isZero();
		this.time.advance(Duration.ofNanos(1));
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
		assertThat(observer.failure().reason()).isEqualTo("no answer within 30 ms");
	}

	@Test
	void theTimeACallSpentAboveTheFilterCounts() {
		Call call = Calls.call(this.time, Duration.ofMillis(30));
		this.time.advance(Duration.ofMillis(20));
		this.filter.filter(call, this.next);
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofMillis(10));
		this.time.advance(Duration.ofMillis(10));
		assertThat(call.isEnded()).isTrue();
	}

	@Test
	void anAnswerCallsTheTimerOff() {
		Call call = Calls.call(this.time);
		this.filter.filter(call, this.next);
		assertThat(this.time.pendingTimeouts()).isOne();
		this.next.last().end(Reply.EMPTY);
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void anAnswerBeforeDispatchReturnsCallsTheTimerOff() {
		Call call = Calls.call(this.time);
		this.filter.filter(call, FakeSink.ending(Reply.of(3)));
		assertThat(call.outcome()).isEqualTo(Reply.of(3));
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void aCallThatIsOverOnArrivalIsNotSent() {
		Call call = Calls.call(this.time, Duration.ofMillis(30));
		CapturingObserver observer = CapturingObserver.of(call);
		this.time.advance(Duration.ofMillis(30));
		this.filter.filter(call, this.next);
		assertThat(this.next.calls()).isEmpty();
		assertThat(this.time.pendingTimeouts()).isZero();
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
		assertThat(observer.failure().reason()).isEqualTo("not sent: the deadline of 30 ms had passed");
	}

	@Test
	void aDeadlineThatIsNotTheCallsOwnSaysWhoseItIs() {
		Call late = Calls.call(Calls.METHOD, new Deadline(this.time.nanos(), 0, true));
		CapturingObserver unsent = CapturingObserver.of(late);
		this.filter.filter(late, this.next);
		assertThat(unsent.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
		assertThat(unsent.failure().reason())
			.isEqualTo("not sent: the deadline of the request being served had passed");
		assertThat(this.next.calls()).isEmpty();
		Call inTime = Calls.call(Calls.METHOD, new Deadline(this.time.nanos(), 30_000_000, true));
		CapturingObserver sent = CapturingObserver.of(inTime);
		this.filter.filter(inTime, this.next);
		this.time.advance(Duration.ofMillis(30));
		assertThat(sent.failure().reason())
			.isEqualTo("no answer within 30 ms, all that the request being served had left");
	}

	@Test
	void aCallThatEndedAboveTheFilterLeavesNoTimer() {
		Call call = Calls.call(this.time);
		call.end(Reply.EMPTY);
		this.filter.filter(call, this.next);
		assertThat(this.time.pendingTimeouts()).isZero();
		assertThat(call.outcome()).isSameAs(Reply.EMPTY);
	}

	@Test
	void aCallThatNobodyCouldEndIsNotSent() {
		Call call = Calls.call(this.time);
		CapturingObserver observer = CapturingObserver.of(call);
		new DeadlineFilter((task, delay, unit) -> {
			throw new IllegalStateException("closed");
		}, this.time).filter(call, this.next);
		assertThat(this.next.calls()).isEmpty();
		assertThat(observer.outcome()).isEqualTo(Failure.of(FailureKind.NOT_SENT, "the timer is closed"));
	}

	@Test
	void theTextNamesFractionsOfAMillisecondAndWholeSeconds() {
		assertThat(reasonAfter(Duration.ofNanos(1_500_000))).isEqualTo("no answer within 1.5 ms");
		assertThat(reasonAfter(Duration.ofNanos(190_283_928))).isEqualTo("no answer within 190.283 ms");
		assertThat(reasonAfter(Duration.ofSeconds(10))).isEqualTo("no answer within 10000 ms");
	}

	private String reasonAfter(Duration timeout) {
		Call call = Calls.call(Calls.METHOD, Deadline.after(timeout, this.time.nanos()));
		CapturingObserver observer = CapturingObserver.of(call);
		this.filter.filter(call, this.next);
		this.time.advance(timeout);
		return observer.failure().reason();
	}

}
