package io.scalesrpc.timeout;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.time.Timer;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RunningCallsTests {

	private final FakeTime time = new FakeTime();

	private String problem = "";

	private final RunningCalls running = new RunningCalls(this.time, this.time, () -> this.problem);

	private final DeadlineFilter filter = new DeadlineFilter(this.time, this.time, this.running);

	@Test
	void aCallWithoutAnswerEndsAtItsDeadlineAndNotBefore() {
		Call call = dispatched(Duration.ofMillis(30));
		CapturingObserver observer = CapturingObserver.of(call);
		this.time.advance(Duration.ofMillis(30).minusNanos(1));
		assertThat(observer.times()).isZero();
		this.time.advance(Duration.ofNanos(1));
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.TIMEOUT);
		assertThat(observer.failure().reason()).isEqualTo("no answer within 30 ms");
	}

	@Test
	void callsOfManyDeadlinesEndEachAtItsOwn() {
		List<Integer> millis = List.of(30, 10, 500, 20, 20, 40, 10, 35);
		List<Call> calls = millis.stream().map((each) -> dispatched(Duration.ofMillis(each))).toList();
		for (int passed = 5; passed <= 500; passed += 5) {
			this.time.advance(Duration.ofMillis(5));
			for (int i = 0; i < calls.size(); i++) {
				assertThat(calls.get(i).isEnded()).as(millis.get(i) + " after " + passed)
					.isEqualTo(millis.get(i) <= passed);
			}
		}
		assertThat(this.running.isEmpty()).isTrue();
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void callsShareATimeoutAndThoseThatWereAnsweredCostNone() {
		for (int i = 0; i < 10_000; i++) {
			dispatched(Duration.ofSeconds(1)).end(Reply.EMPTY);
			assertThat(this.time.pendingTimeouts()).isOne();
		}
		Call last = dispatched(Duration.ofSeconds(1));
		assertThat(this.running.count()).isOne();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(last.outcome()).isInstanceOf(Failure.class);
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void aCallBehindAnEarlierDeadlineNeedsNoLookAtTheClock() {
		dispatched(Duration.ofMillis(20));
		DeadlineFilter blind = new DeadlineFilter(this.time, () -> {
			throw new IllegalStateException("the clock was read");
		}, this.running);
		Call call = Calls.call(this.time, Duration.ofMillis(30));
		this.running.add(call);
		blind.filter(call, FakeSink.holding());
		this.time.advance(Duration.ofMillis(30).minusNanos(1));
		assertThat(call.isEnded()).isFalse();
		this.time.advance(Duration.ofNanos(1));
		assertThat(call.outcome()).isInstanceOf(Failure.class);
	}

	@Test
	void aCallForARequestWhoseTimeIsOverIsNotSentThoughAnEarlierDeadlineIsAwaited() {
		Timer late = (task, delay, unit) -> () -> true;
		RunningCalls calls = new RunningCalls(late, this.time, () -> "");
		DeadlineFilter lateFilter = new DeadlineFilter(late, this.time, calls);
		Call earlier = Calls.call(this.time, Duration.ofMillis(20));
		calls.add(earlier);
		lateFilter.filter(earlier, FakeSink.holding());
		this.time.advance(Duration.ofMillis(20));
		Call template = Calls.call(this.time, Duration.ofMillis(30));
		Deadline over = template.deadline().within(earlier.deadline());
		Call call = new Call(template.method(), template.arguments(), over, template.context());
		calls.add(call);
		FakeSink next = FakeSink.holding();
		lateFilter.filter(call, next);
		assertThat(call.outcome()).isEqualTo(DeadlineFilter.notSent(over));
		assertThat(next.calls()).isEmpty();
		template.end(Reply.EMPTY);
		earlier.end(Reply.EMPTY);
	}

	@Test
	void anEarlierDeadlineTakesThePlaceOfTheTimeout() {
		dispatched(Duration.ofSeconds(10)).end(Reply.EMPTY);
		Call call = dispatched(Duration.ofMillis(20));
		assertThat(this.time.pendingTimeouts()).isOne();
		assertThat(this.time.untilNext()).isEqualTo(Duration.ofMillis(20));
		this.time.advance(Duration.ofMillis(20));
		assertThat(call.isEnded()).isTrue();
		assertThat(this.time.pendingTimeouts()).isZero();
	}

	@Test
	void whoCouldReachNobodyIsToldWhy() {
		this.problem = "redis1:6379: cannot connect: refused";
		CapturingObserver observer = CapturingObserver.of(dispatched(Duration.ofMillis(30)));
		this.time.advance(Duration.ofMillis(30));
		assertThat(observer.failure().reason())
			.isEqualTo("no answer within 30 ms; redis1:6379: cannot connect: refused");
	}

	@Test
	void aCallEndsAlsoIfNobodyCanSayWhy() {
		RunningCalls bad = new RunningCalls(this.time, this.time, () -> {
			throw new IllegalStateException("a bad destination, thrown by a test");
		});
		CapturingObserver observer = CapturingObserver
			.of(dispatched(bad, new DeadlineFilter(this.time, this.time, bad), Duration.ofMillis(30)));
		this.time.advance(Duration.ofMillis(30));
		assertThat(observer.failure().reason()).isEqualTo("no answer within 30 ms");
	}

	@Test
	void aCallThatIsInNoTableHasATimeoutOfItsOwn() {
		Call call = Calls.call(this.time, Duration.ofMillis(30));
		this.filter.filter(call, FakeSink.holding());
		assertThat(this.running.isEmpty()).isTrue();
		this.time.advance(Duration.ofMillis(30));
		assertThat(call.isEnded()).isTrue();
	}

	@Test
	void aCallThatHasNotComeToTheDeadlineStageIsLeftToWhoeverHasIt() {
		Call above = Calls.call(this.time, Duration.ofMillis(30));
		this.running.add(above);
		above.onOutcome((ended, outcome) -> this.running.remove(ended));
		Call below = dispatched(Duration.ofMillis(30));
		this.time.advance(Duration.ofMillis(30));
		assertThat(below.isEnded()).isTrue();
		assertThat(above.isEnded()).as("above the stage, as in a cache that has an old result").isFalse();
		above.end(Reply.EMPTY);
		assertThat(this.running.isEmpty()).isTrue();
		dispatched(Duration.ofMillis(30));
		this.time.advance(Duration.ofMillis(30));
		assertThat(this.running.isEmpty()).isTrue();
	}

	@Test
	void aCallThatNobodyCouldEndIsNotSent() {
		RunningCalls closed = new RunningCalls((task, delay, unit) -> {
			throw new IllegalStateException("closed");
		}, this.time, () -> "");
		DeadlineFilter deadlines = new DeadlineFilter(this.time, this.time, closed);
		for (int i = 0; i < 2; i++) {
			Call call = dispatched(closed, deadlines, Duration.ofSeconds(1));
			assertThat(call.outcome()).isEqualTo(Failure.of(FailureKind.NOT_SENT, "the timer is closed"));
		}
	}

	@Test
	void thereIsAPlaceForEveryCallAndAllAreSeen() {
		Set<Call> there = new HashSet<>();
		for (int i = 0; i < 5 * RunningCalls.SEGMENT; i++) {
			there.add(dispatched(Duration.ofSeconds(1)));
		}
		assertThat(seen()).isEqualTo(there);
		List<Call> some = there.stream().filter((call) -> ThreadLocalRandom.current().nextBoolean()).toList();
		some.forEach((call) -> call.end(Reply.EMPTY));
		some.forEach(there::remove);
		for (int i = 0; i < RunningCalls.SEGMENT; i++) {
			there.add(dispatched(Duration.ofSeconds(2)));
		}
		assertThat(seen()).isEqualTo(there);
		assertThat(this.running.count()).isEqualTo(there.size());
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.running.isEmpty()).isTrue();
	}

	@Test
	void placesAreFewWhateverTheOrderInWhichCallsEnd() {
		List<Call> old = new ArrayList<>();
		for (int i = 0; i < RunningCalls.SEGMENT / 4; i++) {
			old.add(dispatched(Duration.ofSeconds(1)));
		}
		List<Call> batch = new ArrayList<>();
		for (int i = 0; i < 10_000; i++) {
			batch.add(dispatched(Duration.ofSeconds(1)));
			if (batch.size() == RunningCalls.SEGMENT / 4) {
				batch.forEach((call) -> call.end(Reply.EMPTY));
				batch.clear();
			}
		}
		assertThat(this.running.places()).isEqualTo(RunningCalls.SEGMENT);
		assertThat(old).noneMatch(Call::isEnded);
		this.time.advance(Duration.ofSeconds(1));
		assertThat(old).allMatch(Call::isEnded);
	}

	@Test
	void threadsThatComeAndGoAtTheSameTimeLoseNoCallAndLeaveNone() throws InterruptedException {
		int threads = 4;
		CountDownLatch done = new CountDownLatch(threads);
		List<Call> left = new ArrayList<>();
		for (int i = 0; i < threads; i++) {
			new Thread(() -> {
				List<Call> mine = new ArrayList<>();
				for (int k = 0; k < 20_000; k++) {
					mine.add(dispatched(Duration.ofSeconds(1)));
					if (mine.size() > 100) {
						mine.remove(ThreadLocalRandom.current().nextInt(mine.size())).end(Reply.EMPTY);
					}
				}
				synchronized (left) {
					left.addAll(mine);
				}
				done.countDown();
			}).start();
		}
		done.await();
		assertThat(this.running.places()).isLessThanOrEqualTo(8 * RunningCalls.SEGMENT);
		assertThat(seen()).isEqualTo(new HashSet<>(left));
		this.time.advance(Duration.ofSeconds(1));
		assertThat(left).allMatch(Call::isEnded);
		assertThat(this.running.isEmpty()).isTrue();
	}

	private Set<Call> seen() {
		Set<Call> seen = new HashSet<>();
		this.running.forEach(seen::add);
		return seen;
	}

	private Call dispatched(Duration timeout) {
		return dispatched(this.running, this.filter, timeout);
	}

	private Call dispatched(RunningCalls table, DeadlineFilter deadlines, Duration timeout) {
		Call call = Calls.call(this.time, timeout);
		table.add(call);
		call.onOutcome((ended, outcome) -> table.remove(ended));
		deadlines.filter(call, FakeSink.holding());
		return call;
	}

}
