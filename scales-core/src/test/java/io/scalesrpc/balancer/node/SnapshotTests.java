package io.scalesrpc.balancer.node;

import java.util.List;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.dispatch.BalancerFixture;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotTests {

	private static final double LAST_POINT = Math.nextDown(1.0);

	@Test
	void nodesThatWeighTheSameHaveStretchesOfTheSameLength() {
		for (int size = 1; size <= 100; size++) {
			Snapshot snapshot = new Snapshot(nodes(size));
			for (int i = 0; i < size; i++) {
				assertThat(snapshot.at((i + 0.001) / size)).isEqualTo(i);
				assertThat(snapshot.at((i + 0.999) / size)).isEqualTo(i);
			}
			assertThat(snapshot.at(0)).isZero();
			assertThat(snapshot.at(LAST_POINT)).isEqualTo(size - 1);
		}
	}

	@Test
	void aNodeThatWeighsMoreHasTheLongerStretch() {
		Snapshot snapshot = new Snapshot(nodes(3), new double[] { 1, 2, 1 });
		assertThat(snapshot.at(0.249)).isZero();
		assertThat(snapshot.at(0.251)).isOne();
		assertThat(snapshot.at(0.749)).isOne();
		assertThat(snapshot.at(0.751)).isEqualTo(2);
		assertThat(snapshot.at(LAST_POINT)).isEqualTo(2);
	}

	private static List<Node> nodes(int size) {
		return IntStream.rangeClosed(1, size)
			.mapToObj((number) -> BalancerFixture.node(number, FakeSink.holding()))
			.toList();
	}

}
