package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What happens before the first member is connected. <em>Confined to the test's
 * thread.</em>
 */
class InitialConnectTests {

	private final BalancerFixture fixture = new BalancerFixture(BalancerType.APERTURE);

	private final Balancer balancer = this.fixture.balancer;

	private final List<Runnable> openings = new ArrayList<>();

	@Test
	void nothingIsOpenedBeforeTheFirstCall() {
		startWith(3);
		assertThat(this.openings).isEmpty();
		Call call = this.fixture.dispatch();
		assertThat(this.openings).hasSize(3);
		assertThat(call.isEnded()).isFalse();
		assertThat(this.fixture.made()).allMatch((sink) -> sink.calls().isEmpty());
		call.end(Reply.EMPTY);
	}

	@Test
	void callsGoToTheFirstMemberThatIsOpenAndNotToTheOneThatIsDown() {
		startWith(2);
		List<Call> calls = List.of(this.fixture.dispatch(), this.fixture.dispatch(), this.fixture.dispatch());
		end(1, SinkState.CLOSED);
		end(2, SinkState.OPEN);
		assertThat(this.fixture.sink(1).calls()).isEmpty();
		assertThat(this.fixture.sink(2).calls()).containsExactlyElementsOf(calls);
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void theFirstThatIsOpenDoesNotGetAllCallsButTheLastIsNotWaitedForForLong() {
		startWith(3);
		List<Call> calls = List.of(this.fixture.dispatch(), this.fixture.dispatch(), this.fixture.dispatch());
		end(1, SinkState.OPEN);
		end(2, SinkState.OPEN);
		assertThat(this.fixture.made()).allMatch((sink) -> sink.calls().isEmpty());
		this.fixture.time.advance(InitialConnect.MOMENT);
		assertThat(this.fixture.sink(1).calls()).isNotEmpty();
		assertThat(this.fixture.sink(2).calls()).isNotEmpty();
		assertThat(this.fixture.sink(3).calls()).isEmpty();
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void callsThatWaitedGoOutInRoundsSoThatWhoFailsIsKnownByIt() {
		startWith(4);
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < 200; i++) {
			calls.add(this.fixture.dispatch());
		}
		this.fixture.sink(1)
			.behave((call) -> this.fixture.time.schedule(() -> call.end(BalancerContract.REFUSED), 1,
					TimeUnit.MILLISECONDS));
		IntStream.rangeClosed(1, 4).forEach((member) -> end(member, SinkState.OPEN));
		assertThat(sent()).isEqualTo(12);
		calls.add(this.fixture.dispatch());
		this.fixture.time.advance(Duration.ofMillis(250));
		assertThat(sent()).isEqualTo(201);
		assertThat(this.fixture.count(1)).as("a quarter would be 50").isLessThan(30);
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	private int sent() {
		return this.fixture.made().stream().mapToInt((sink) -> sink.calls().size()).sum();
	}

	@Test
	void whenAllHaveBeenTriedInVainCallsGoOnWaiting() {
		startWith(2);
		Call call = this.fixture.dispatch(1, Duration.ofSeconds(1)).get(0);
		end(1, SinkState.CLOSED);
		end(2, SinkState.CLOSED);
		this.fixture.time.advance(Duration.ofMillis(900));
		assertThat(call.isEnded()).isFalse();
		call.expired();
		assertThat(call.outcome()).isInstanceOf(Failure.class);
	}

	@Test
	void aCallWhoseTimeIsOverBeforeMembersAreKnownLearnsWhatItWaitedFor() {
		Call call = this.fixture.dispatch(1, Duration.ofSeconds(1)).get(0);
		CapturingObserver observer = CapturingObserver.of(call);
		call.expired();
		assertThat(observer.failure())
			.isEqualTo(Failure.withheld("members: not yet known: fake://set (expected: a first list)"));
	}

	@Test
	void aCallWhoseTimeIsOverBeforeOneIsConnectedLearnsWhy() {
		startWith(2);
		this.fixture.sink(2).problem("opening");
		Call call = this.fixture.dispatch(1, Duration.ofSeconds(1)).get(0);
		CapturingObserver observer = CapturingObserver.of(call);
		call.expired();
		assertThat(observer.failure())
			.isEqualTo(Failure.withheld("none of 2 members could be reached in time: opening"));
	}

	@Test
	void aCallWhoseTimeIsOverBeforeItsTurnLearnsThat() {
		startWith(2);
		List<Call> calls = this.fixture.dispatch(13, Duration.ofSeconds(1));
		end(1, SinkState.OPEN);
		end(2, SinkState.OPEN);
		calls.forEach(Call::expired);
		assertThat(calls).filteredOn(Call::isEnded).singleElement().satisfies((call) -> {
			assertThat(call.outcome()).isInstanceOfSatisfying(Failure.class,
					(failure) -> assertThat(failure.reason()).startsWith("its turn did not come in time"));
			assertThat(call).isSameAs(calls.get(12));
		});
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void nobodyOvertakesThoseThatWaited() {
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			calls.add(this.fixture.dispatch());
		}
		this.fixture.whenMade((sink) -> sink.behave((call) -> {
			if (call == calls.get(0)) {
				calls.add(this.fixture.dispatch());
			}
		}));
		this.fixture.of(1);
		assertThat(this.fixture.sink(1).calls()).containsExactlyElementsOf(calls).hasSize(4);
		this.fixture.answerAll();
	}

	@Test
	void aCallThatEndsMeanwhileIsNotSent() {
		startWith(2);
		Call call = this.fixture.dispatch();
		call.end(Reply.EMPTY);
		end(1, SinkState.OPEN);
		end(2, SinkState.OPEN);
		assertThat(this.fixture.made()).allMatch((sink) -> sink.calls().isEmpty());
	}

	@Test
	void noMoreThanAThousandCallsWait() {
		startWith(2);
		List<Call> calls = new ArrayList<>();
		for (int i = 0; i < InitialConnect.MAX_WAITING; i++) {
			calls.add(this.fixture.dispatch());
		}
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		assertThat(observer.failure().kind()).isEqualTo(FailureKind.NOT_SENT);
		assertThat(observer.failure().reason())
			.isEqualTo("calls waiting for members: 1024 (expected: fewer than 1024)");
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void openingWithoutACallOpensAllAndReadyTellsWhenThereAreEnough() {
		startWith(3);
		CompletionStage<Boolean> ready = this.balancer.ready(2, Duration.ofSeconds(5));
		assertThat(this.openings).hasSize(3);
		end(1, SinkState.OPEN);
		this.fixture.time.advance(Duration.ofSeconds(1));
		assertThat(ready).isNotCompleted();
		end(2, SinkState.OPEN);
		this.fixture.time.advance(Duration.ofMillis(10));
		assertThat(ready).isCompletedWithValue(true);
	}

	@Test
	void readyGivesUpAtItsLimit() {
		CompletionStage<Boolean> ready = this.balancer.ready(1, Duration.ofSeconds(5));
		this.fixture.time.advance(Duration.ofMillis(4990));
		assertThat(ready).isNotCompleted();
		this.fixture.time.advance(Duration.ofMillis(20));
		assertThat(ready).isCompletedWithValue(false);
	}

	@Test
	void closingEndsTheCallsThatWait() {
		startWith(2);
		CapturingObserver observer = CapturingObserver.of(this.fixture.dispatch());
		this.balancer.close(Duration.ZERO);
		assertThat(observer.failure().reason()).isEqualTo("client is closed");
	}

	/** Members that open when the test says so. */
	private void startWith(int members) {
		this.fixture.whenMade((sink) -> {
			sink.state(SinkState.IDLE);
			sink.onOpen(this.openings::add);
		});
		this.fixture.of(members);
	}

	private void end(int member, SinkState state) {
		FakeSink sink = this.fixture.sink(member);
		sink.state(state);
		// whose opening is which does not matter: the state is what is looked at
		this.openings.remove(0).run();
	}

}
