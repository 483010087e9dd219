package io.scalesrpc.balancer.picker;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.dispatch.BalancerFixture;
import io.scalesrpc.balancer.node.Node;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** <em>Confined to the test's thread.</em> */
class RingSliceTests {

	@ParameterizedTest
	@CsvSource({ "1, 5", "3, 5", "10, 100", "20, 100", "7, 31", "50, 12", "200, 13" })
	void everyServerGetsTheSameFromAllClientsTogether(int clients, int servers) {
		List<Node> nodes = nodes(servers);
		Map<Node, Double> received = new HashMap<>();
		for (int client = 0; client < clients; client++) {
			RingSlice slice = RingSlice.of(nodes, new Coordinate(client, clients), 12);
			assertThat(slice.nodes()).hasSizeGreaterThanOrEqualTo(Math.min(12, servers));
			for (int i = 0; i < slice.nodes().size(); i++) {
				received.merge(slice.nodes().get(i), slice.weights()[i], Double::sum);
			}
		}
		double expected = received.values().stream().mapToDouble(Double::doubleValue).average().orElseThrow();
		assertThat(received).hasSize(servers)
			.allSatisfy((node, share) -> assertThat(share).isCloseTo(expected, within(1e-6)));
	}

	@Test
	void aClientCallsFewServersOfMany() {
		assertThat(RingSlice.of(nodes(1000), new Coordinate(17, 100), 12).nodes()).hasSizeBetween(12, 31);
	}

	@Test
	void theOnlyClientCallsAll() {
		assertThat(RingSlice.of(nodes(40), Coordinate.ALONE, 12).nodes()).hasSize(40);
	}

	@Test
	void aServerOfTwiceTheWeightGetsTwiceAsMuch() {
		List<Node> nodes = List.of(node("a", 1), node("b", 2), node("c", 1));
		RingSlice slice = RingSlice.of(nodes, Coordinate.ALONE, 12);
		assertThat(slice.weights()[slice.nodes().indexOf(nodes.get(1))]).isCloseTo(2, within(1e-9));
	}

	@Test
	void whoComesAndGoesMovesFewOthers() {
		List<Node> nodes = nodes(100);
		RingSlice before = RingSlice.of(nodes, new Coordinate(3, 10), 12);
		RingSlice after = RingSlice.of(nodes.subList(0, 99), new Coordinate(3, 10), 12);
		assertThat(after.nodes().stream().filter((node) -> !before.nodes().contains(node))).hasSizeLessThanOrEqualTo(2);
	}

	@Test
	void withoutServersThereIsNothing() {
		assertThat(RingSlice.of(List.of(), new Coordinate(1, 3), 12).nodes()).isEmpty();
	}

	private static List<Node> nodes(int count) {
		return IntStream.rangeClosed(1, count).mapToObj((n) -> BalancerFixture.node(n, FakeSink.holding())).toList();
	}

	private static Node node(String host, double weight) {
		Node node = BalancerFixture.node(1, FakeSink.holding());
		node.member(new Member(host, 9090, weight, Map.of()));
		return node;
	}

}
