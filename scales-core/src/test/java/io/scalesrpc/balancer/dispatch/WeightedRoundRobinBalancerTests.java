package io.scalesrpc.balancer.dispatch;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Calls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * The contract for {@link BalancerType#WEIGHTED_ROUND_ROBIN}, and what it alone promises.
 * <em>Confined to the test's thread.</em>
 */
class WeightedRoundRobinBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.WEIGHTED_ROUND_ROBIN;
	}

	@Test
	void everyMemberGetsItsShare() {
		weights(1, 2, 3.5, 0.5);
		this.fixture.dispatchAndAnswer(7000);
		assertThat(IntStream.rangeClosed(1, 4).map(this.fixture::count).toArray())
			.satisfies((counts) -> assertShares(counts, 1000, 2000, 3500, 500));
	}

	@Test
	void aHeavyMemberGetsNoBursts() {
		weights(5, 1, 1);
		List<Integer> heavy = new ArrayList<>();
		for (int i = 0; i < 7000; i++) {
			heavy.add(BalancerFixture.member(1).address().equals(nextAddress()) ? 1 : 0);
		}
		for (int i = 0; i + 7 <= heavy.size(); i++) {
			assertThat(heavy.subList(i, i + 7).stream().mapToInt(Integer::intValue).sum()).isBetween(4, 6);
		}
	}

	@Test
	void aLightMemberAmongThousandsHasItsTurn() {
		this.fixture.of(250);
		this.fixture.dispatchAndAnswer(2500);
		assertThat(IntStream.rangeClosed(1, 250).map(this.fixture::count))
			.allMatch((count) -> count >= 9 && count <= 11);
	}

	@Test
	void aNewWeightHoldsAtOnce() {
		weights(1, 1);
		this.fixture.dispatchAndAnswer(100);
		weights(1, 9);
		int before = this.fixture.count(2);
		this.fixture.dispatchAndAnswer(1000);
		assertThat(this.fixture.count(2) - before).isCloseTo(900, within(3));
	}

	@Test
	void theShareOfAMemberThatIsDownIsSpreadByWeight() {
		weights(5, 1, 2);
		this.fixture.sink(1).state(SinkState.CLOSED);
		this.fixture.dispatchAndAnswer(900);
		assertThat(this.fixture.count(2)).isCloseTo(300, within(5));
	}

	private void weights(double... weights) {
		this.fixture.set.tell(IntStream.range(0, weights.length)
			.mapToObj((i) -> new Member("10.0.0." + (i + 1), 9090, weights[i], Map.of()))
			.toArray(Member[]::new));
	}

	private String nextAddress() {
		Call call = Calls.call();
		this.balancer.dispatch(call);
		call.end(Reply.EMPTY);
		return (call.target() instanceof Member member) ? member.address() : "none";
	}

	private static void assertShares(int[] counts, int... expected) {
		for (int i = 0; i < expected.length; i++) {
			assertThat(counts[i]).isCloseTo(expected[i], within(5));
		}
	}

}
