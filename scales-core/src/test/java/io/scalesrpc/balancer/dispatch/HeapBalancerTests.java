package io.scalesrpc.balancer.dispatch;

import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.balancer.picker.HeapPicker;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The contract for {@link BalancerType#HEAP}, and what it alone promises. <em>Confined to
 * the test's thread.</em>
 */
class HeapBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.HEAP;
	}

	@Test
	void everyCallGoesToALeastLoadedMemberWhateverEndsMeanwhile() {
		this.fixture.of(9);
		RandomGenerator random = ScriptedRandom.seeded(7);
		for (int i = 0; i < 5000; i++) {
			int least = this.balancer.nodes().stream().mapToInt(NodeView::load).min().orElseThrow();
			int[] loads = IntStream.rangeClosed(1, 9).map(this.fixture::load).toArray();
			Call call = Calls.unwatched();
			this.balancer.dispatch(call);
			int chosen = IntStream.rangeClosed(1, 9)
				.filter((n) -> BalancerFixture.member(n).equals(call.target()))
				.findFirst()
				.orElseThrow();
			assertThat(loads[chosen - 1]).isEqualTo(least);
			endSome(random);
		}
		this.fixture.answerAll();
		assertThat(this.balancer.nodes()).allMatch((node) -> node.load() == 0);
	}

	@Test
	void callsOneAfterTheOtherAreSpreadEvenly() {
		this.fixture.of(7);
		this.fixture.dispatchAndAnswer(7000);
		assertThat(this.fixture.made()).allSatisfy((sink) -> assertThat(sink.calls()).hasSize(1000));
	}

	@Test
	void callsInFlightTogetherAreSpreadEvenly() {
		this.fixture.of(7);
		Queue<Call> inFlight = new ArrayDeque<>();
		for (int i = 0; i < 14_000; i++) {
			Call call = Calls.unwatched();
			inFlight.add(call);
			this.balancer.dispatch(call);
			if (inFlight.size() > 16) {
				inFlight.remove().end(Reply.EMPTY);
			}
		}
		assertThat(this.fixture.made())
			.allSatisfy((sink) -> assertThat(sink.calls().size()).isCloseTo(2000, within(40)));
		this.fixture.answerAll();
	}

	@Test
	void aSlowMemberGetsLessThanItsShare() {
		this.fixture.of(4);
		FakeSink slow = this.fixture.sink(1);
		IntStream.rangeClosed(2, 4).forEach((n) -> this.fixture.sink(n).behave((call) -> call.end(Reply.EMPTY)));
		IntStream.range(0, 1000).forEach((n) -> this.balancer.dispatch(Calls.unwatched()));
		assertThat(slow.calls()).hasSize(1);
		this.fixture.answerAll();
	}

	@Test
	void clientsThatStartTogetherBeginWithDifferentMembers() {
		RandomGenerator random = ScriptedRandom.seeded(1);
		Set<Object> first = new HashSet<>();
		for (int client = 0; client < 60; client++) {
			HeapPicker picker = new HeapPicker(random);
			picker.update(
					IntStream.rangeClosed(1, 5).mapToObj((n) -> BalancerFixture.node(n, FakeSink.holding())).toList());
			Node node = picker.pick(Calls.unwatched(), 0);
			assertThat(node).isNotNull();
			first.add(node.member());
		}
		assertThat(first).hasSize(5);
	}

	@Test
	void anHealedMemberGetsItsEvenShareAndNoMore() {
		this.fixture.of(2);
		this.fixture.sink(1).state(SinkState.CLOSED);
		this.fixture.dispatchAndAnswer(100);
		this.fixture.sink(1).state(SinkState.OPEN);
		this.fixture.dispatchAndAnswer(100);
		assertThat(this.fixture.sink(1).calls()).hasSize(50);
	}

	@Test
	void theLoadOfAMemberSurvivesAChangeOfTheSet() {
		this.fixture.of(2);
		List<Call> held = List.of(this.fixture.dispatch(), this.fixture.dispatch());
		this.fixture.of(3);
		Call next = this.fixture.dispatch();
		assertThat(next.target()).isEqualTo(BalancerFixture.member(3));
		held.forEach((call) -> call.end(Reply.EMPTY));
		next.end(Reply.EMPTY);
		assertThat(this.balancer.nodes()).extracting(NodeView::load).containsExactly(0, 0, 0);
	}

	private void endSome(RandomGenerator random) {
		int number = random.nextInt(1, 10);
		if (random.nextInt(3) != 0) {
			this.fixture.sink(number)
				.calls()
				.stream()
				.filter((call) -> !call.isEnded())
				.findFirst()
				.ifPresent((call) -> call.end(Reply.EMPTY));
		}
	}

}
