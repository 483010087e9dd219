package io.scalesrpc.balancer.dispatch;

import java.util.Map;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract for {@link BalancerType#ROUND_ROBIN}, and what it alone promises.
 * <em>Confined to the test's thread.</em>
 */
class RoundRobinBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.ROUND_ROBIN;
	}

	@Test
	void everyMemberHasItsTurnWhateverItsLoad() {
		this.fixture.of(7);
		for (int round = 1; round <= 10; round++) {
			IntStream.range(0, 7).forEach((n) -> this.fixture.dispatch());
			assertThat(IntStream.rangeClosed(1, 7).map(this.fixture::load)).containsOnly(round);
		}
		this.fixture.answerAll();
	}

	@Test
	void weightsPlayNoPart() {
		this.fixture.set.tell(new Member("10.0.0.1", 9090, 5, Map.of()), BalancerFixture.member(2));
		this.fixture.dispatchAndAnswer(100);
		assertThat(this.fixture.count(1)).isEqualTo(50);
	}

	@Test
	void theTurnOfAMemberThatIsDownIsSpreadOverAllOthers() {
		this.fixture.of(4);
		this.fixture.sink(2).state(SinkState.CLOSED);
		this.fixture.dispatchAndAnswer(300);
		assertThat(this.fixture.made()).extracting(FakeSink::calls)
			.satisfiesExactlyInAnyOrder((calls) -> assertThat(calls).isEmpty(),
					(calls) -> assertThat(calls).hasSize(100), (calls) -> assertThat(calls).hasSize(100),
					(calls) -> assertThat(calls).hasSize(100));
	}

}
