package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Calls;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members 1 to 4 are the first group, 5 to 8 the second, with every picker. <em>Confined
 * to the test's thread.</em>
 */
class FailoverTests {

	private BalancerFixture fixture = new BalancerFixture(BalancerType.HEAP);

	private void start(BalancerType type) {
		this.fixture = new BalancerFixture(BalancerSettings.of(type).withSlowStart(Duration.ZERO), 42,
				new FakeServerSet(true));
		tell(4, 4);
		this.fixture.dispatchAndAnswer(1);
	}

	private void tell(int first, int second) {
		this.fixture.set.tell(IntStream.rangeClosed(1, 8)
			.filter((n) -> (n <= 4) ? n <= first : n <= 4 + second)
			.mapToObj((n) -> new Member("10.0.0." + n, 9090, 1, Map.of(Member.PRIORITY, (n <= 4) ? "0" : "7")))
			.toArray(Member[]::new));
	}

	@ParameterizedTest
	@EnumSource
	void theFirstGroupGetsAllCallsAndTheSecondRests(BalancerType type) {
		start(type);
		assertThat(shareOfSecond(200)).isZero();
		assertThat(this.fixture.balancer.nodes()).filteredOn(NodeView::active)
			.extracting((view) -> view.member().priority())
			.containsOnly(0);
	}

	@ParameterizedTest
	@EnumSource
	void whenNobodyOfTheFirstIsThereTheSecondGetsTheVeryNextCall(BalancerType type) {
		start(type);
		states(4, SinkState.CLOSED);
		assertThat(shareOfSecond(200)).isEqualTo(1);
		assertThat(this.fixture.balancer.pending()).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void aCallThatFoundNobodyOfTheFirstWaitsForNobodyElse(BalancerType type) {
		start(type);
		states(4, SinkState.IDLE);
		IntStream.rangeClosed(1, 4).forEach((n) -> this.fixture.sink(n).behave((call) -> {
			this.fixture.sink(n).state(SinkState.CLOSED);
			call.end(Failure.of(FailureKind.NOT_SENT, "refused"));
		}));
		Call call = this.fixture.dispatch(1, Duration.ofMinutes(1)).get(0);
		assertThat(call.isEnded()).isFalse();
		assertThat(call.target()).isInstanceOfSatisfying(Member.class,
				(member) -> assertThat(member.priority()).isPositive());
		call.end(Reply.EMPTY);
	}

	@ParameterizedTest
	@EnumSource
	void theThirdAttemptOfACallGoesToTheSecondGroup(BalancerType type) {
		start(type);
		Call call = Calls.call();
		List<Integer> priorities = new ArrayList<>();
		for (int i = 0; i < 3; i++) {
			this.fixture.balancer.dispatch(call.attempt(new Deadline(0, Long.MAX_VALUE / 2)));
			priorities.add(((Member) Objects.requireNonNull(call.target())).priority());
		}
		assertThat(priorities).containsExactly(0, 0, 7);
		call.end(Reply.EMPTY);
	}

	@ParameterizedTest
	@EnumSource
	void oneOfFourMayBeMissing(BalancerType type) {
		start(type);
		states(1, SinkState.CLOSED);
		this.fixture.time.advance(FailoverPicker.LOOK);
		assertThat(shareOfSecond(200)).isZero();
	}

	@ParameterizedTest
	@EnumSource
	void whatHalfOfTheFirstCannotTakeGoesToTheSecond(BalancerType type) {
		start(type);
		states(2, SinkState.CLOSED);
		this.fixture.dispatchAndAnswer(1);
		this.fixture.time.advance(FailoverPicker.LOOK);
		this.fixture.dispatchAndAnswer(1);
		assertThat(shareOfSecond(1000)).isBetween(0.25, 0.35);
	}

	@ParameterizedTest
	@EnumSource
	void whenTheFirstHasHealedTheSecondIsLeftAndRestsAfterAMinute(BalancerType type) {
		start(type);
		states(4, SinkState.CLOSED);
		assertThat(shareOfSecond(10)).isEqualTo(1);
		states(4, SinkState.OPEN);
		this.fixture.time.advance(FailoverPicker.LOOK);
		this.fixture.dispatchAndAnswer(1);
		assertThat(shareOfSecond(100)).isZero();
		assertThat(this.fixture.balancer.nodes()).anyMatch((view) -> view.active() && view.member().priority() > 0);
		this.fixture.time.advance(FailoverPicker.KEEP);
		this.fixture.dispatchAndAnswer(1);
		this.fixture.time.advance(FailoverPicker.LOOK);
		this.fixture.dispatchAndAnswer(1);
		assertThat(this.fixture.balancer.nodes()).noneMatch((view) -> view.active() && view.member().priority() > 0);
	}

	@ParameterizedTest
	@EnumSource
	void aGroupMayLeaveAndComeBackWithCallsInFlight(BalancerType type) {
		start(type);
		List<Call> calls = this.fixture.dispatch(16, Duration.ofMinutes(1));
		tell(0, 4);
		assertThat(shareOfSecond(20)).isEqualTo(1);
		calls.forEach((call) -> call.end(Reply.EMPTY));
		assertThat(this.fixture.balancer.pending()).isZero();
		tell(4, 4);
		this.fixture.dispatchAndAnswer(1);
		assertThat(shareOfSecond(20)).isZero();
		tell(4, 0);
		assertThat(shareOfSecond(20)).isZero();
		tell(0, 0);
		assertThat(this.fixture.balancer.nodes()).isEmpty();
	}

	private void states(int firstMembers, SinkState state) {
		IntStream.rangeClosed(1, firstMembers).forEach((n) -> this.fixture.sink(n).state(state));
	}

	/** Sends calls one after the other; the share that the second group got. */
	private double shareOfSecond(int count) {
		int second = 0;
		for (int i = 0; i < count; i++) {
			Call call = Calls.unwatched();
			this.fixture.balancer.dispatch(call);
			second += (call.target() instanceof Member member && member.priority() > 0) ? 1 : 0;
			call.end(Reply.EMPTY);
		}
		return (double) second / count;
	}

}
