package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.scalesrpc.balancer.ApertureSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.FakeSink;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The contract for {@link BalancerType#APERTURE}, and how its window follows the load.
 * <em>Confined to the test's thread.</em>
 */
class ApertureBalancerTests extends BalancerContract {

	@Override
	BalancerType type() {
		return BalancerType.APERTURE;
	}

	@Test
	void onlyAsManyMembersAsWantedGetCalls() {
		BalancerFixture narrow = narrow(2, 3).of(9);
		narrow.dispatchAndAnswer(200);
		assertThat(active(narrow)).hasSize(2);
		assertThat(narrow.made().stream().filter((sink) -> !sink.calls().isEmpty())).hasSize(2);
	}

	@Test
	void theWindowWidensWithTheLoadAndNarrowsWithoutIt() {
		BalancerFixture wide = narrow(1, 5).of(9);
		wide.behave(1, 9, (call) -> wide.time.schedule(() -> call.end(Reply.EMPTY), 100, TimeUnit.MILLISECONDS));
		assertThat(active(wide)).hasSize(1);
		wide.dispatchEvery(Duration.ofMillis(10), Duration.ofSeconds(30));
		assertThat(active(wide)).as("10 in flight, at most 2 for each").hasSize(5);
		wide.dispatchEvery(Duration.ofMillis(500), Duration.ofSeconds(60));
		assertThat(active(wide)).hasSize(1);
		wide.time.advance(Duration.ofSeconds(1));
	}

	@Test
	void aMemberThatLeavesTheWindowIsClosedWhenItsCallsAreOver() {
		BalancerFixture wide = narrow(1, 5).of(9);
		wide.behave(1, 9, (call) -> wide.time.schedule(() -> call.end(Reply.EMPTY), 100, TimeUnit.MILLISECONDS));
		wide.dispatchEvery(Duration.ofMillis(10), Duration.ofSeconds(30));
		List<FakeSink> used = wide.made().stream().filter((sink) -> !sink.calls().isEmpty()).toList();
		wide.dispatchEvery(Duration.ofMillis(500), Duration.ofSeconds(60));
		wide.time.advance(DrainingNodes.MOMENT);
		assertThat(used.stream().filter(FakeSink::isClosed)).hasSizeGreaterThanOrEqualTo(4)
			.allMatch((sink) -> DrainingNodes.REST_GRACE.equals(sink.grace()));
	}

	@Test
	void aMemberThatIsDownHasAnotherInItsPlaceAndIsBackWhenItHeals() {
		BalancerFixture two = narrow(2, 2).of(5);
		two.dispatchAndAnswer(10);
		FakeSink down = sink(two, active(two).get(0));
		down.state(SinkState.CLOSED);
		two.dispatchEvery(Duration.ofMillis(10), Duration.ofMillis(100));
		two.answerAll();
		assertThat(active(two)).hasSize(3);
		down.state(SinkState.OPEN);
		two.dispatchEvery(Duration.ofMillis(10), Duration.ofMillis(100));
		two.answerAll();
		assertThat(active(two)).as("one too many").hasSize(2);
	}

	@Test
	void whenAllAreDownTheWindowMovesOnSlowlyAndStaysSmall() {
		BalancerFixture all = narrow(2, 2);
		all.whenMade((sink) -> {
			sink.state(SinkState.IDLE);
			sink.onOpen((over) -> {
				sink.state(SinkState.CLOSED);
				over.run();
			});
		});
		all.of(200);
		all.dispatchEvery(Duration.ofMillis(1), Duration.ofSeconds(2));
		assertThat(active(all)).hasSize(2 * 2 + 2);
		assertThat(all.made()).as("ten swaps a second").hasSizeLessThan(200 + 30);
		all.time.advance(Duration.ofSeconds(10));
	}

	@Test
	void oneMemberIsExchangedEveryFewMinutes() {
		BalancerFixture two = narrow(2, 2).of(5);
		two.dispatchAndAnswer(10);
		List<NodeView> before = active(two);
		two.dispatchEvery(Duration.ofMillis(50), Duration.ofSeconds(110));
		two.answerAll();
		assertThat(addresses(active(two))).isEqualTo(addresses(before));
		two.dispatchEvery(Duration.ofMillis(50), Duration.ofSeconds(135));
		two.answerAll();
		assertThat(active(two)).hasSize(2);
		assertThat(addresses(active(two))).isNotEqualTo(addresses(before)).containsAnyElementsOf(addresses(before));
	}

	@Test
	void aMemberOfTheWindowThatLeavesTheSetIsReplaced() {
		BalancerFixture two = narrow(2, 2).of(5);
		two.dispatchAndAnswer(10);
		NodeView gone = active(two).get(0);
		two.set.tell(Stream.of(BalancerFixture.members(5))
			.filter((member) -> !member.equals(gone.member()))
			.toArray(Member[]::new));
		assertThat(active(two)).hasSize(2).noneMatch((node) -> node.member().equals(gone.member()));
	}

	@Test
	void clientsChooseDifferentWindows() {
		long windows = IntStream.range(0, 20)
			.mapToObj((seed) -> addresses(active(new BalancerFixture(sized(1, 1), seed).of(50))))
			.distinct()
			.count();
		assertThat(windows).isGreaterThan(10);
	}

	@Test
	void callsMadeTogetherGoToOneMemberWhereEachGetsManyAnyway() {
		BalancerFixture ten = narrow(12, 12).of(10);
		List<Object> targets = answered(ten);
		ten.dispatchEvery(Duration.ofNanos(5_000), Duration.ofMillis(30));
		List<Object> settled = targets.subList(3000, 6000);
		assertThat(changes(settled)).as("of 3000 calls").isBetween(150L, 500L);
		assertThat(settled.stream().collect(Collectors.groupingBy(Function.identity(), Collectors.counting())).values())
			.hasSize(10)
			.allMatch((calls) -> calls > 150 && calls < 450);
	}

	@Test
	void callsGoEachItsOwnWayWhereMembersGetFew() {
		BalancerFixture ten = narrow(12, 12).of(10);
		List<Object> targets = answered(ten);
		for (int i = 0; i < 300; i++) {
			ten.dispatchEvery(Duration.ofNanos(1), Duration.ofNanos(10));
			ten.time.advance(Duration.ofMillis(1));
		}
		assertThat(changes(targets)).as("of 3000 calls, ten at once").isGreaterThan(2400L);
	}

	@Test
	void aBurstEndsWhereACallFails() {
		BalancerFixture ten = narrow(12, 12).of(10);
		List<Object> targets = answered(ten);
		ten.dispatchEvery(Duration.ofNanos(5_000), Duration.ofMillis(30));
		ten.behave(1, 10, (call) -> {
			targets.add(call.target());
			call.end(BalancerFixture.member(3).equals(call.target()) ? REFUSED : Reply.EMPTY);
		});
		ten.dispatchEvery(Duration.ofNanos(5_000), Duration.ofMillis(10));
		assertThat(targets.subList(6000, 8000).stream().filter(BalancerFixture.member(3)::equals)).hasSizeBetween(1, 5);
	}

	/** The members that get calls, in order, each of which is answered at once. */
	private static List<Object> answered(BalancerFixture fixture) {
		List<Object> targets = new ArrayList<>();
		fixture.behave(1, 10, (call) -> {
			targets.add(call.target());
			call.end(Reply.EMPTY);
		});
		return targets;
	}

	private static long changes(List<Object> targets) {
		return IntStream.range(1, targets.size()).filter((i) -> !targets.get(i).equals(targets.get(i - 1))).count();
	}

	private static BalancerFixture narrow(int minSize, int maxSize) {
		return new BalancerFixture(sized(minSize, maxSize));
	}

	private static BalancerSettings sized(int minSize, int maxSize) {
		return BalancerSettings.of(BalancerType.APERTURE)
			.withSlowStart(Duration.ZERO)
			.withAperture(ApertureSettings.DEFAULT.withSize(minSize, maxSize));
	}

	private static List<NodeView> active(BalancerFixture fixture) {
		return fixture.balancer.nodes().stream().filter(NodeView::active).toList();
	}

	private static List<String> addresses(List<NodeView> nodes) {
		return nodes.stream().map((node) -> node.member().address()).toList();
	}

	private static FakeSink sink(BalancerFixture fixture, NodeView node) {
		String host = node.member().host();
		return fixture.sink(Integer.parseInt(host.substring(host.lastIndexOf('.') + 1)));
	}

}
