package io.scalesrpc.call.waiting;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Calls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests of {@link WaitingCalls}. <em>Confined to the test's thread.</em> */
class WaitingCallsTests {

	private static final Failure NOBODY = Failure.withheld("nobody is there");

	private final Deque<Runnable> tasks = new ArrayDeque<>();

	private int capacity = 2;

	private final WaitingCalls waiting = new WaitingCalls(this.tasks::add, "a connection", () -> this.capacity);

	private final WaitingCalls impatient = new WaitingCalls(this.tasks::add, "a connection", 2,
			() -> "nobody is there");

	@Test
	void whoComesWhenTooManyAreOnTheirWayIsRefusedWithoutATask() {
		enter(2);
		Call tooMany = enter(1).get(0);
		assertThat(((Failure) tooMany.outcome()).kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(((Failure) tooMany.outcome()).reason())
			.isEqualTo("calls waiting for a connection: 2 (expected: fewer than 2)");
		assertThat(this.tasks).hasSize(2);
		runAll();
		this.waiting.end((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void whoWaitsCountsAsWhoIsOnHisWay() {
		enter(2);
		runAll();
		assertThat(this.waiting.size()).isEqualTo(2);
		assertThat(enter(1)).allMatch(Call::isEnded);
		this.waiting.end((call) -> call.end(Reply.EMPTY));
		assertThat(this.waiting.size()).isZero();
		assertThat(enter(1)).noneMatch(Call::isEnded);
		runAll();
		this.waiting.end((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void aCallThatWasNotToldToWaitGivesItsPlaceBack() {
		for (int i = 0; i < 10; i++) {
			this.waiting.enter(Calls.unwatched(), (call) -> call.end(Reply.EMPTY));
			runAll();
		}
		assertThat(this.waiting.size()).isZero();
	}

	/** Whoever comes at that moment, and saw none, would overtake it. */
	@Test
	void aCallCountsWhileItIsDecidedWhatBecomesOfIt() {
		List<Integer> seen = new ArrayList<>();
		this.waiting.enter(Calls.unwatched(), (call) -> {
			seen.add(this.waiting.size());
			this.waiting.add(call);
			seen.add(this.waiting.size());
		});
		runAll();
		assertThat(seen).containsExactly(1, 1);
		this.waiting.end((call) -> call.end(Reply.EMPTY));
		assertThat(this.waiting.size()).isZero();
	}

	@Test
	void aCallThatEndsWhileItWaitsLeaves() {
		Call call = enter(1).get(0);
		runAll();
		call.end(Reply.EMPTY);
		assertThat(this.waiting.size()).isEqualTo(1);
		runAll();
		assertThat(this.waiting.size()).isZero();
		assertThat(this.waiting.isEmpty()).isTrue();
	}

	@Test
	void aCallThatHasLeftCostsNoTaskWhenItEnds() {
		List<Call> calls = enter(2);
		runAll();
		assertThat(this.waiting.take(1)).containsExactly(calls.get(0));
		this.waiting.remove(calls.get(1));
		calls.forEach((call) -> call.end(Reply.EMPTY));
		assertThat(this.tasks).isEmpty();
	}

	@Test
	void aCallWhoseTimeIsOverIsGivenUpAndNeverSent() {
		Call call = Calls.call();
		this.impatient.enter(call, this.impatient::add);
		runAll();
		call.expired();
		assertThat(call.outcome()).isEqualTo(NOBODY);
		assertThat(this.impatient.take(1)).isEmpty();
		runAll();
		assertThat(this.impatient.size()).isZero();
	}

	@Test
	void aCallWhoseTimeIsOverOnItsWayIsGivenUp() {
		Call call = Calls.call();
		List<Call> arrived = new ArrayList<>();
		this.impatient.enter(call, arrived::add);
		call.expired();
		assertThat(call.outcome()).isEqualTo(NOBODY);
		runAll();
		assertThat(arrived).isEmpty();
		assertThat(this.impatient.size()).isZero();
	}

	/** It may have reached a server. */
	@Test
	void aCallThatHasLeftIsNotGivenUp() {
		Call call = Calls.call();
		this.impatient.enter(call, this.impatient::add);
		runAll();
		assertThat(this.impatient.take(1)).containsExactly(call);
		call.expired();
		assertThat(call.isEnded()).isFalse();
		call.end(Reply.EMPTY);
	}

	@Test
	void anAttemptIsGivenUpWhenTheTimeOfItsCallIsOver() {
		Call call = Calls.unwatched();
		Call attempt = call.attempt(call.deadline());
		this.impatient.enter(attempt, this.impatient::add);
		runAll();
		call.expired();
		assertThat(attempt.outcome()).isEqualTo(NOBODY);
		assertThat(call.isEnded()).isFalse();
		call.end(Reply.EMPTY);
		runAll();
	}

	/** It is nobody's last word that one attempt had no time left. */
	@Test
	void anAttemptWithLessTimeThanItsCallMayBeMadeAgain() {
		Call call = Calls.unwatched();
		Call attempt = call.attempt(Deadline.after(Duration.ofNanos(1), call.deadline().expiryNanos() - 100));
		this.impatient.enter(attempt, this.impatient::add);
		runAll();
		attempt.expired();
		assertThat(attempt.outcome()).isEqualTo(Failure.of(FailureKind.NOT_SENT, "nobody is there"));
		call.end(Reply.EMPTY);
		runAll();
	}

	@Test
	void whoWaitsWithoutAReasonWaitsOnWhenItsTimeIsOver() {
		Call call = enter(1).get(0);
		runAll();
		call.expired();
		assertThat(call.isEnded()).isFalse();
		this.waiting.end((waited) -> waited.end(Reply.EMPTY));
	}

	@Test
	void aCapacityThatShrinksRefusesThoseOnTheirWay() {
		List<Call> calls = enter(2);
		this.capacity = 1;
		runAll();
		assertThat(calls.get(0).isEnded()).isFalse();
		assertThat(calls.get(1).isEnded()).isTrue();
		assertThat(this.waiting.size()).isEqualTo(1);
		this.waiting.end((call) -> call.end(Reply.EMPTY));
	}

	private List<Call> enter(int calls) {
		List<Call> entered = new ArrayList<>();
		for (int i = 0; i < calls; i++) {
			Call call = Calls.call();
			entered.add(call);
			this.waiting.enter(call, this.waiting::add);
		}
		return entered;
	}

	private void runAll() {
		while (!this.tasks.isEmpty()) {
			this.tasks.remove().run();
		}
	}

}
