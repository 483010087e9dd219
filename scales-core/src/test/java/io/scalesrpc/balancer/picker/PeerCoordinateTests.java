package io.scalesrpc.balancer.picker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.Coordinate;
import io.scalesrpc.balancer.Peers;
import io.scalesrpc.balancer.dispatch.BalancerFixture;
import io.scalesrpc.balancer.dispatch.DrainingNodes;
import io.scalesrpc.balancer.dispatch.FakeServerSet;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * How {@link BalancerType#DETERMINISTIC_APERTURE} follows the registry of its own
 * process. <em>Confined to the test's thread.</em>
 */
class PeerCoordinateTests {

	private static final Member B = Member.of("shop-b", 8080);

	private final FakeServerSet peers = new FakeServerSet();

	private final BalancerFixture fixture = client(B, this.peers).of(40);

	@Test
	void theNumberIsThatOfTheOwnAddressAmongAll() {
		tell("shop-d", "shop-c", "shop-b", "shop-a");
		assertThat(slice(this.fixture)).isEqualTo(sliceOf(1, 4));
	}

	@Test
	void itChangesWithTheSetAfterAShortWhile() {
		tell("shop-a", "shop-b", "shop-c");
		this.peers.tell(Member.of("shop-a", 8080), Member.of("shop-aa", 8080), B, Member.of("shop-c", 8080));
		this.fixture.time.advance(PeerCoordinate.SETTLING.minusMillis(1));
		assertThat(slice(this.fixture)).isEqualTo(sliceOf(1, 3));
		this.fixture.time.advance(Duration.ofMillis(1));
		assertThat(slice(this.fixture)).isEqualTo(sliceOf(2, 4));
	}

	@Test
	void changesThatNeverEndAreTakenOverAllTheSame() {
		for (int i = 0; i < 12; i++) {
			this.peers.tell((i % 2 == 0) ? new Member[] { B } : new Member[] { B, Member.of("shop-c", 8080) });
			this.fixture.time.advance(PeerCoordinate.SETTLING.dividedBy(10));
		}
		assertThat(slice(this.fixture)).as("of the list before 5 s").isEqualTo(sliceOf(0, 2));
		this.fixture.time.advance(PeerCoordinate.SETTLING);
		assertThat(slice(this.fixture)).isEqualTo(sliceOf(0, 2));
	}

	@Test
	void anAddressIsTheSameInUpperAndLowerCase() {
		tell("SHOP-A", "SHOP-B");
		assertThat(slice(this.fixture)).isEqualTo(sliceOf(1, 2));
	}

	@Test
	void beforeAnythingIsKnownAClientCallsFewAtAPlaceOfItsOwn() {
		assertThat(slice(this.fixture)).hasSizeBetween(12, 14);
		List<List<String>> slices = IntStream.range(0, 20)
			.mapToObj((n) -> slice(client(Member.of("shop-" + n, 8080), new FakeServerSet()).of(40)))
			.distinct()
			.toList();
		assertThat(slices).hasSizeGreaterThan(10);
	}

	@Test
	void whoIsNotAmongItsPeersKeepsWhatItHas() {
		List<String> first = slice(this.fixture);
		tell("shop-a", "shop-c");
		assertThat(slice(this.fixture)).isEqualTo(first);
		tell("shop-a", "shop-b", "shop-c");
		assertThat(slice(this.fixture)).isEqualTo(sliceOf(1, 3)).isNotEqualTo(first);
		tell("shop-c");
		assertThat(slice(this.fixture)).isEqualTo(sliceOf(1, 3));
		tell();
		assertThat(slice(this.fixture)).isEqualTo(sliceOf(1, 3));
	}

	@Test
	void aFourthClientMovesTheSliceOfTheOthersAndThoseThatLeftItRest() {
		tell("shop-a", "shop-b", "shop-c");
		List<String> after = sliceOf(2, 4);
		this.fixture.dispatchAndAnswer(500);
		List<String> before = slice(this.fixture);
		assertThat(used()).as("all of the slice have calls").containsAll(before);
		List<FakeSink> left = before.stream()
			.filter((address) -> !after.contains(address))
			.map(PeerCoordinateTests::number)
			.map(this.fixture::sink)
			.toList();
		tell("shop-a", "shop-aa", "shop-b", "shop-c");
		assertThat(slice(this.fixture)).isEqualTo(after);
		assertThat(left).isNotEmpty().noneMatch(FakeSink::isClosed);
		this.fixture.time.advance(DrainingNodes.MOMENT);
		assertThat(left).allMatch((sink) -> DrainingNodes.REST_GRACE.equals(sink.grace()));
		assertThat(after).noneMatch((address) -> this.fixture.sink(number(address)).isClosed());
		int calls = left.stream().mapToInt((sink) -> sink.calls().size()).sum();
		this.fixture.dispatchAndAnswer(500);
		assertThat(left.stream().mapToInt((sink) -> sink.calls().size()).sum()).isEqualTo(calls);
	}

	@Test
	void tenClientsOfOneRegistryGiveEveryServerEquallyMany() {
		List<Member> all = new ArrayList<>();
		IntStream.range(0, 10).forEach((n) -> all.add(Member.of("shop-" + n, 8080)));
		Map<String, Integer> clients = new HashMap<>();
		for (Member self : List.copyOf(all)) {
			FakeServerSet told = new FakeServerSet();
			BalancerFixture client = client(self, told).of(100);
			Collections.shuffle(all, new Random(self.hashCode()));
			told.tell(all.toArray(Member[]::new));
			client.time.advance(PeerCoordinate.SETTLING);
			slice(client).forEach((server) -> clients.merge(server, 1, Integer::sum));
		}
		assertThat(clients).hasSize(100);
		assertThat(clients.values()).containsOnly(2);
	}

	@Test
	void closingClosesTheSetAndForgetsWhatWasToChange() {
		int others = this.fixture.time.pendingTimeouts();
		this.peers.tell(B);
		assertThat(this.fixture.time.pendingTimeouts()).isEqualTo(others + 1);
		this.fixture.balancer.close(Duration.ZERO);
		assertThat(this.peers.isClosed()).isTrue();
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
		this.peers.tell(B, Member.of("shop-c", 8080));
		assertThat(this.fixture.time.pendingTimeouts()).isZero();
	}

	@Test
	void peersOfAClosedBalancerAreClosedAtOnce() {
		BalancerFixture closed = new BalancerFixture(BalancerType.DETERMINISTIC_APERTURE);
		closed.balancer.close(Duration.ZERO);
		FakeServerSet late = new FakeServerSet();
		closed.balancer.join(late, B);
		assertThat(late.isClosed()).isTrue();
	}

	@Test
	void whatIsNotRightIsSaid() {
		assertThatIllegalArgumentException().isThrownBy(() -> Peers.of("zk1:2181", "shop:8080"))
			.withMessageStartingWith("peers: zk1:2181 (expected: scheme://");
		for (String self : List.of("shop", "shop:0", "shop:8080/x", "a:1,b:2", "")) {
			assertThatIllegalArgumentException().isThrownBy(() -> Peers.of("zk://zk1:2181/shop", self))
				.withMessage("self: " + self + " (expected: host:port, as this process is registered among its peers)");
		}
		assertThatIllegalArgumentException().isThrownBy(() -> settings(B).withCoordinate(new Coordinate(1, 3)))
			.withMessageContaining("peers: ")
			.withMessageEndingWith("(expected: none beside a coordinate)");
	}

	private void tell(String... hosts) {
		this.peers.tell(List.of(hosts).stream().map((host) -> Member.of(host, 8080)).toArray(Member[]::new));
		this.fixture.time.advance(PeerCoordinate.SETTLING);
	}

	private List<String> used() {
		return IntStream.rangeClosed(1, 40)
			.filter((n) -> this.fixture.count(n) > 0)
			.mapToObj((n) -> BalancerFixture.member(n).address())
			.toList();
	}

	private static BalancerSettings settings(Member self) {
		return BalancerSettings.of(BalancerType.DETERMINISTIC_APERTURE)
			.withSlowStart(Duration.ZERO)
			.withPeers(Peers.of("fake://set", self.address()));
	}

	private static BalancerFixture client(Member self, FakeServerSet peers) {
		BalancerFixture client = new BalancerFixture(settings(self));
		client.balancer.join(peers, self);
		return client;
	}

	/** The slice of 40 servers for a number that is given. */
	private static List<String> sliceOf(int instance, int total) {
		return slice(new BalancerFixture(BalancerSettings.of(BalancerType.DETERMINISTIC_APERTURE)
			.withSlowStart(Duration.ZERO)
			.withCoordinate(new Coordinate(instance, total))).of(40));
	}

	private static List<String> slice(BalancerFixture client) {
		return client.balancer.nodes()
			.stream()
			.filter(NodeView::active)
			.map((node) -> node.member().address())
			.toList();
	}

	private static int number(String address) {
		return Integer.parseInt(address.substring("10.0.0.".length(), address.indexOf(':')));
	}

}
