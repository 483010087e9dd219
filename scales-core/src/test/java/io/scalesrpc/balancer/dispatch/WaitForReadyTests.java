package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Calls that come while every member is down. */
class WaitForReadyTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private static final Failure REFUSED = Failure.of(FailureKind.NOT_SENT, "refused");

	private final BalancerFixture fixture = new BalancerFixture(BalancerType.P2C);

	/** When members were asked to connect, in milliseconds, the first at zero. */
	private final List<Long> asked = new ArrayList<>();

	private final long start = this.fixture.time.nanos();

	@AfterEach
	void close() {
		this.fixture.answerAll();
		this.fixture.balancer.close(Duration.ZERO);
		this.fixture.time.advance(TIMEOUT);
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	private void allDown(int members) {
		this.fixture.of(members);
		this.fixture.made().forEach((sink) -> {
			sink.state(SinkState.CLOSED);
			sink.onOpen((over) -> {
				this.asked.add(Duration.ofNanos(this.fixture.time.nanos() - this.start).toMillis());
				over.run();
			});
		});
	}

	@Test
	void membersAreAskedOneAfterTheOtherAtEvenDistances() {
		allDown(5);
		this.fixture.dispatch(1, TIMEOUT);
		this.fixture.time.advance(Duration.ofMillis(999));
		assertThat(this.asked).hasSizeBetween(10, 11).startsWith(0L);
		assertThat(this.asked.get(1)).as("a part of a step, by chance").isBetween(1L, 109L);
		assertThat(steps()).containsOnly(110L);
	}

	/** What lay between one question and the next, from the second on. */
	private Set<Long> steps() {
		Set<Long> steps = new HashSet<>();
		for (int i = 2; i < this.asked.size(); i++) {
			steps.add(this.asked.get(i) - this.asked.get(i - 1));
		}
		return steps;
	}

	@Test
	void nobodyIsAskedWhenNoCallWaits() {
		allDown(5);
		this.fixture.dispatch(1, TIMEOUT).forEach((call) -> call.end(Reply.EMPTY));
		this.fixture.time.advance(Duration.ofSeconds(1));
		assertThat(this.asked).hasSizeLessThanOrEqualTo(5);
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void theFewerThereAreTheMoreOftenOneIsAsked() {
		allDown(1);
		this.fixture.dispatch(1, TIMEOUT);
		this.fixture.time.advance(Duration.ofMillis(1999));
		assertThat(this.asked).hasSizeBetween(18, 19);
		assertThat(steps()).containsOnly(110L);
	}

	@Test
	void whenOneIsBackTheOthersAreAskedOnceMore() {
		allDown(5);
		this.fixture.dispatch(1, TIMEOUT);
		this.fixture.time.advance(Duration.ofMillis(250));
		this.fixture.sink(3).state(SinkState.OPEN);
		this.asked.clear();
		this.fixture.time.advance(Duration.ofSeconds(5));
		assertThat(this.asked).hasSizeBetween(4, 5);
	}

	@Test
	void aCallWhoseTimeIsOverLearnsWhyItWasNotSent() {
		allDown(3);
		this.fixture.sink(2).problem("10.0.0.2:9090 is down: Connection refused");
		Call call = this.fixture.dispatch(1, TIMEOUT).get(0);
		CapturingObserver observer = CapturingObserver.of(call);
		this.fixture.time.advance(TIMEOUT);
		assertThat(observer.times()).isZero();
		call.expired();
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(observer.failure().reason())
			.isEqualTo("none of 3 members could be reached in time: 10.0.0.2:9090 is down: Connection refused");
		assertThat(observer.failure().nonRetryable()).isTrue();
	}

	@Test
	void anAttemptWithLessTimeThanItsCallMayBeMadeAgain() {
		allDown(3);
		Call call = Calls.call(this.fixture.time, TIMEOUT);
		Call attempt = call.attempt(Deadline.after(Duration.ofMillis(100), this.fixture.time.nanos()));
		CapturingObserver observer = CapturingObserver.of(attempt);
		this.fixture.balancer.dispatch(attempt);
		attempt.expired();
		assertThat(observer.failure().nonRetryable()).isFalse();
		call.end(Reply.EMPTY);
	}

	@Test
	void aCallThatHasGoneToAMemberIsNotGivenUp() {
		allDown(2);
		Call call = this.fixture.dispatch(1, TIMEOUT).get(0);
		this.fixture.sink(1).state(SinkState.OPEN);
		this.fixture.time.advance(WaitForReady.ROUND);
		assertThat(this.fixture.sink(1).calls()).containsExactly(call);
		call.expired();
		assertThat(call.isEnded()).isFalse();
	}

	@Test
	void noMoreThanAThousandCallsWait() {
		allDown(2);
		List<Call> calls = this.fixture.dispatch(WaitForReady.MAX_WAITING, TIMEOUT);
		CapturingObserver refused = CapturingObserver.of(this.fixture.dispatch(1, TIMEOUT).get(0));
		assertThat(refused.failure().reason())
			.isEqualTo("calls waiting for a member to be reached: 1024 (expected: fewer than 1024)");
		assertThat(calls).noneMatch(Call::isEnded);
	}

	@Test
	void whoIsBackFirstGetsTheCallsInGrowingRounds() {
		allDown(2);
		this.fixture.dispatch(500, TIMEOUT);
		FakeSink back = this.fixture.sink(1);
		back.state(SinkState.OPEN);
		List<Integer> sizes = new ArrayList<>();
		for (int i = 0; i < 40; i++) {
			this.fixture.time.advance(Duration.ofMillis(10));
			int size = back.calls().size();
			if (sizes.isEmpty() || sizes.get(sizes.size() - 1) != size) {
				sizes.add(size);
			}
		}
		assertThat(sizes).endsWith(12, 36, 84, 180, 372, 500);
	}

	@Test
	void aCallWhoseMemberCannotBeConnectedToGoesOnWaiting() {
		this.fixture.of(1);
		FakeSink only = this.fixture.sink(1);
		only.state(SinkState.IDLE);
		only.behave((attempt) -> {
			only.state(SinkState.CLOSED);
			attempt.end(REFUSED);
		});
		Call call = this.fixture.dispatch(1, TIMEOUT).get(0);
		assertThat(only.calls()).hasSize(1);
		assertThat(call.isEnded()).isFalse();
		only.behave((sent) -> sent.end(Reply.EMPTY));
		only.state(SinkState.OPEN);
		this.fixture.time.advance(WaitForReady.ROUND);
		assertThat(call.outcome()).isEqualTo(Reply.EMPTY);
		assertThat(this.fixture.load(1)).isZero();
	}

	/**
	 * Such as a pool whose queue is full: that is its own limit, and not worth a wait.
	 */
	@Test
	void aCallThatABusyMemberRefusesIsRefused() {
		this.fixture.of(1);
		this.fixture.sink(1).state(SinkState.BUSY);
		this.fixture.behave(1, 1, REFUSED);
		assertThat(this.fixture.dispatch(1, TIMEOUT).get(0).outcome()).isEqualTo(REFUSED);
	}

	@Test
	void closingEndsTheCallsThatWait() {
		allDown(2);
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch(1, TIMEOUT).get(0));
		this.fixture.balancer.close(Duration.ZERO);
		assertThat(observer.failure().reason()).isEqualTo("client is closed");
	}

	@Test
	void aMemberThatJoinsIsWorthATry() {
		allDown(1);
		Call call = this.fixture.dispatch(1, TIMEOUT).get(0);
		this.fixture.of(2);
		assertThat(this.fixture.sink(2).calls()).containsExactly(call);
	}

}
