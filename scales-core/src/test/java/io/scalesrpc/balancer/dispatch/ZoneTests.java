package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.ZoneSettings;
import io.scalesrpc.balancer.node.NodeView;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Calls;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Members 1 to 4 are in the own zone, 5 to 8 in another, 9 in none. <em>Confined to the
 * test's thread.</em>
 */
class ZoneTests {

	private BalancerFixture fixture = new BalancerFixture(BalancerType.HEAP);

	private void start(BalancerType type, double maxLoad, int own) {
		this.fixture = new BalancerFixture(settings(type, maxLoad));
		tell(own);
		this.fixture.dispatchAndAnswer(1);
	}

	private static BalancerSettings settings(BalancerType type, double maxLoad) {
		return BalancerSettings.of(type)
			.withSlowStart(Duration.ZERO)
			.withZone(ZoneSettings.of("a").withMaxLoad(maxLoad));
	}

	private void tell(int own) {
		this.fixture.set.tell(IntStream.rangeClosed(1, 9)
			.filter((n) -> n <= own || n > 4)
			.mapToObj((n) -> member(n, (n <= 4) ? "a" : "b"))
			.toArray(Member[]::new));
	}

	private static Member member(int number, String zone) {
		return new Member("10.0.0." + number, 9090, 1, (number == 9) ? Map.of() : Map.of(Member.ZONE, zone));
	}

	@AfterEach
	void answer() {
		this.fixture.answerAll();
		assertThat(this.fixture.balancer.pending()).isZero();
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DETERMINISTIC_APERTURE")
	void callsStayInTheOwnZoneAndOthersHaveNoConnection(BalancerType type) {
		start(type, 8, 4);
		this.fixture.dispatchAndAnswer(200);
		hold(16);
		assertThat(abroad()).isZero();
		assertThat(this.fixture.balancer.nodes()).filteredOn(NodeView::active)
			.extracting((view) -> view.member().zone())
			.containsOnly("a");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DETERMINISTIC_APERTURE")
	void justWhatIsTooMuchLeavesAndComesBack(BalancerType type) {
		start(type, 8, 2);
		// Who has not answered yet is trusted with one call.
		this.fixture.dispatchAndAnswer(50);
		List<Call> calls = hold(40);
		assertThat(abroad()).isBetween(22, 27);
		calls.forEach((call) -> call.end(Reply.EMPTY));
		hold(8);
		assertThat(abroad()).isZero();
	}

	@Test
	void whenAllAreAsBusyCallsAreSpreadOverAll() {
		start(BalancerType.HEAP, 8, 4);
		hold(9 * 20);
		assertThat(abroad()).isBetween(95, 105);
		assertThat(IntStream.rangeClosed(1, 9).map(this.fixture::load)).allMatch((load) -> load >= 18 && load <= 23);
	}

	@Test
	void aHeavyMemberHasMoreRoom() {
		this.fixture = new BalancerFixture(settings(BalancerType.P2C, 4));
		this.fixture.set.tell(new Member("10.0.0.1", 9090, 3, Map.of(Member.ZONE, "a")), member(5, "b"));
		hold(14);
		assertThat(this.fixture.load(1)).isEqualTo(12);
	}

	/** 1000 calls/s of 20 ms: 20 in flight, of which two members at home may have 8. */
	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DETERMINISTIC_APERTURE")
	void nothingSwingsUnderASteadyLoad(BalancerType type) {
		start(type, 4, 2);
		IntStream.of(1, 2, 5, 6, 7, 8, 9)
			.forEach((n) -> this.fixture.sink(n)
				.behave((call) -> this.fixture.time.schedule(() -> call.end(Reply.EMPTY), 20, TimeUnit.MILLISECONDS)));
		run(Duration.ofSeconds(1));
		int least = Integer.MAX_VALUE;
		int most = 0;
		for (int second = 0; second < 10; second++) {
			int before = made(1, 2);
			run(Duration.ofSeconds(1));
			least = Math.min(least, made(1, 2) - before);
			most = Math.max(most, made(1, 2) - before);
		}
		assertThat(least).isGreaterThan(340);
		assertThat(most).isLessThan(410);
		assertThat(most - least).isLessThan(30);
		this.fixture.time.advance(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = "DETERMINISTIC_APERTURE")
	void whenTheOwnZoneIsDownTheNextCallGoesElsewhereAndComesBack(BalancerType type) {
		start(type, 8, 4);
		states(4, SinkState.CLOSED);
		int before = made(1, 4);
		this.fixture.dispatchAndAnswer(100);
		assertThat(made(1, 4)).isEqualTo(before);
		states(4, SinkState.OPEN);
		this.fixture.time.advance(FailoverPicker.LOOK);
		this.fixture.dispatchAndAnswer(1);
		before = made(5, 9);
		this.fixture.dispatchAndAnswer(100);
		assertThat(made(5, 9)).isEqualTo(before);
	}

	@Test
	void whatHalfOfTheZoneCannotTakeLeaves() {
		start(BalancerType.P2C, 8, 4);
		states(2, SinkState.CLOSED);
		this.fixture.dispatchAndAnswer(1);
		this.fixture.time.advance(FailoverPicker.LOOK);
		this.fixture.dispatchAndAnswer(1);
		int before = made(5, 9);
		this.fixture.dispatchAndAnswer(1000);
		assertThat(made(5, 9) - before).isBetween(250, 350);
	}

	@Test
	void anotherAttemptStaysAtHomeIfThereIsAnotherMember() {
		start(BalancerType.P2C, 8, 2);
		assertThat(secondAttempt().zone()).isEqualTo("a");
		tell(1);
		assertThat(secondAttempt().zone()).isNotEqualTo("a");
	}

	@Test
	void membersElsewhereKeepTheirConnectionsWhileTheyAreUsed() {
		start(BalancerType.HEAP, 1, 1);
		Call home = hold(1).get(0);
		this.fixture.dispatchAndAnswer(1);
		int connected = this.fixture.made().size();
		for (int i = 0; i < 20; i++) {
			this.fixture.dispatchAndAnswer(1);
			this.fixture.time.advance(Duration.ofSeconds(10));
		}
		assertThat(made(5, 9)).isEqualTo(21);
		assertThat(this.fixture.made()).hasSize(connected);
		home.end(Reply.EMPTY);
		this.fixture.time.advance(FailoverPicker.KEEP);
		this.fixture.dispatchAndAnswer(1);
		this.fixture.time.advance(FailoverPicker.LOOK);
		this.fixture.dispatchAndAnswer(1);
		assertThat(this.fixture.balancer.nodes()).filteredOn(NodeView::active).hasSize(1);
	}

	@Test
	void withoutMembersAtHomeOthersAreAsGood() {
		start(BalancerType.P2C, 8, 0);
		this.fixture.dispatchAndAnswer(200);
		assertThat(IntStream.rangeClosed(5, 9).map(this.fixture::count)).allMatch((count) -> count > 20);
	}

	@Test
	void keysStayAtHomeToo() {
		start(BalancerType.HASH, 8, 4);
		for (int i = 0; i < 100; i++) {
			this.fixture.dispatch(CallOptions.NONE.withRoutingKey(i)).end(Reply.EMPTY);
		}
		assertThat(made(5, 9)).isZero();
		assertThat(IntStream.rangeClosed(1, 4).map(this.fixture::count)).allMatch((count) -> count > 10);
	}

	@Test
	void zonesCountWithinAGroupOfOnePriority() {
		this.fixture = new BalancerFixture(settings(BalancerType.HEAP, 8), 42, new FakeServerSet(true));
		this.fixture.set.tell(prior(1, "b", "0"), prior(2, "a", "0"), prior(3, "a", "1"));
		this.fixture.dispatchAndAnswer(10);
		assertThat(this.fixture.count(2)).isEqualTo(10);
		this.fixture.sink(2).state(SinkState.CLOSED);
		this.fixture.dispatchAndAnswer(1);
		this.fixture.time.advance(FailoverPicker.LOOK);
		this.fixture.dispatchAndAnswer(1);
		this.fixture.time.advance(FailoverPicker.LOOK);
		this.fixture.dispatchAndAnswer(10);
		assertThat(this.fixture.count(1)).isGreaterThan(5);
	}

	@Test
	void whatIsTooMuchIsAnotherNumberFromNowOn() {
		start(BalancerType.HEAP, 8, 2);
		this.fixture.balancer.become(settings(BalancerType.HEAP, 3));
		hold(20);
		assertThat(abroad()).isEqualTo(14);
	}

	@Test
	void aTypeThatKnowsNoZonesRefusesOne() {
		assertThatExceptionOfType(InvalidSettingException.class)
			.isThrownBy(() -> settings(BalancerType.DETERMINISTIC_APERTURE, 8))
			.withMessage("zone.name: a (expected: none beside the type deterministic-aperture)");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> ZoneSettings.of("a").withMaxLoad(0.5))
			.withMessage("max-load: 0.5 (expected: >= 1)");
	}

	private static Member prior(int number, String zone, String priority) {
		return new Member("10.0.0." + number, 9090, 1, Map.of(Member.ZONE, zone, Member.PRIORITY, priority));
	}

	private Member secondAttempt() {
		Call call = Calls.call();
		for (int i = 0; i < 2; i++) {
			this.fixture.balancer.dispatch(call.attempt(new Deadline(0, Long.MAX_VALUE / 2)));
		}
		call.end(Reply.EMPTY);
		return (Member) call.target();
	}

	private void run(Duration total) {
		this.fixture.dispatchEvery(Duration.ofMillis(1), total);
	}

	private List<Call> hold(int count) {
		List<Call> calls = IntStream.range(0, count).mapToObj((i) -> Calls.call()).toList();
		calls.forEach(this.fixture.balancer::dispatch);
		return calls;
	}

	/** Calls in flight that are not in the own zone. */
	private int abroad() {
		return IntStream.rangeClosed(5, 9).map(this.fixture::load).sum();
	}

	private int made(int from, int to) {
		return IntStream.rangeClosed(from, to).map(this.fixture::count).sum();
	}

	private void states(int first, SinkState state) {
		IntStream.rangeClosed(1, first).forEach((n) -> this.fixture.sink(n).state(state));
	}

}
