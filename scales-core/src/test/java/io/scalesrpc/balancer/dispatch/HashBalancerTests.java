package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.picker.HashPicker;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.InvalidSettingException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Calls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The contract for {@link BalancerType#HASH} of calls without keys, and what is promised
 * of those with one. <em>Confined to the test's thread.</em>
 */
class HashBalancerTests extends BalancerContract {

	private static final int KEYS = 1000;

	@Override
	BalancerType type() {
		return BalancerType.HASH;
	}

	@Test
	void callsOfOneKeyGoToOneMemberAndKeysToAll() {
		this.fixture.of(10);
		Map<Integer, Object> first = owners();
		assertThat(owners()).isEqualTo(first);
		assertThat(Set.copyOf(first.values())).hasSize(10);
		assertThat(IntStream.rangeClosed(1, 10).map(this.fixture::count)).allMatch((count) -> count > 120);
	}

	@Test
	void anotherClientAgrees() {
		this.fixture.of(10);
		Map<Integer, Object> here = owners();
		BalancerFixture other = new BalancerFixture(settings(), 7);
		List<Member> reversed = IntStream.rangeClosed(1, 10)
			.map((i) -> 11 - i)
			.mapToObj(BalancerFixture::member)
			.toList();
		other.set.tell(reversed.toArray(Member[]::new));
		assertThat(owners(other)).isEqualTo(here);
	}

	@Test
	void theKeysOfAMemberThatIsDownGoToTheOthersAndComeBackAndNoneElseMoves() {
		this.fixture.of(5);
		Map<Integer, Object> before = owners();
		this.fixture.sink(2).state(SinkState.CLOSED);
		Map<Integer, Object> meanwhile = owners();
		assertThat(owners()).isEqualTo(meanwhile);
		Set<Object> heirs = new HashSet<>();
		before.forEach((key, owner) -> {
			if (owner.equals(BalancerFixture.member(2))) {
				heirs.add(meanwhile.get(key));
			}
			else {
				assertThat(meanwhile.get(key)).isEqualTo(owner);
			}
		});
		assertThat(heirs).hasSize(4).doesNotContain(BalancerFixture.member(2));
		this.fixture.sink(2).state(SinkState.OPEN);
		assertThat(owners()).isEqualTo(before);
	}

	@Test
	void onlyTheShareOfAMemberThatJoinsMoves() {
		this.fixture.of(9);
		Map<Integer, Object> before = owners();
		this.fixture.of(10);
		Map<Integer, Object> after = owners();
		Set<Integer> moved = new TreeSet<>(before.keySet());
		moved.removeIf((key) -> before.get(key).equals(after.get(key)));
		assertThat(moved).hasSizeBetween(KEYS * 7 / 100, KEYS * 13 / 100)
			.allMatch((key) -> after.get(key).equals(BalancerFixture.member(10)));
	}

	@Test
	void aHeavyMemberHasMoreKeys() {
		this.fixture.set.tell(new Member("10.0.0.1", 9090, 3, Map.of()), BalancerFixture.member(2));
		owners();
		assertThat(this.fixture.count(1)).isBetween(KEYS * 69 / 100, KEYS * 81 / 100);
	}

	@Test
	void aHotKeyIsSpreadWhenItsMemberHasMoreThanItsBound() {
		this.fixture.of(10);
		List<Call> calls = hold(1000, 7);
		assertThat(IntStream.rangeClosed(1, 10).map(this.fixture::load)).allMatch((load) -> load <= 125)
			.anyMatch((load) -> load > 120);
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void aFewCallsOfOneKeyAreNoLoad() {
		this.fixture.of(10);
		List<Call> calls = hold(HashPicker.FEW, 7);
		assertThat(calls.stream().map(Call::target).collect(Collectors.toSet())).hasSize(1);
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void theBoundCountsThoseWhoCanTakeCallsAndWeights() {
		this.fixture.set.tell(new Member("10.0.0.1", 9090, 3, Map.of()), BalancerFixture.member(2),
				BalancerFixture.member(3), BalancerFixture.member(4));
		this.fixture.sink(4).state(SinkState.CLOSED);
		List<Call> calls = hold(1000, 7);
		assertThat(this.fixture.load(1)).isBetween(740, 750);
		assertThat(this.fixture.load(2)).isLessThanOrEqualTo(250);
		assertThat(this.fixture.load(3)).isLessThanOrEqualTo(250);
		assertThat(this.fixture.load(4)).isZero();
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void anotherBoundHoldsAtOnce() {
		this.fixture.of(10);
		this.balancer.become(settings().withHashBound(3));
		List<Call> calls = hold(1000, 7);
		assertThat(IntStream.rangeClosed(1, 10).map(this.fixture::load).max().orElseThrow()).isBetween(290, 300);
		calls.forEach((call) -> call.end(Reply.EMPTY));
	}

	@Test
	void attemptsOfACallGoFromPlaceToPlaceOfItsKeyTheSameForEachCall() {
		this.fixture.of(5);
		List<Object> first = attempts(7);
		assertThat(first.get(1)).isNotEqualTo(first.get(0));
		assertThat(attempts(7)).isEqualTo(first);
	}

	@Test
	void whoFailsIsPassedOverAndTheKeysComeBackWhenItHeals() {
		this.fixture.of(5).behave(1, 5, Reply.EMPTY);
		Map<Integer, Object> before = owners();
		this.fixture.behave(2, 2, REFUSED);
		send(Duration.ofSeconds(2));
		int failed = this.fixture.count(2);
		send(Duration.ofSeconds(10));
		assertThat(this.fixture.count(2) - failed).isBetween(1, 40);
		this.fixture.behave(2, 2, Reply.EMPTY);
		send(Duration.ofSeconds(20));
		assertThat(owners()).isEqualTo(before);
	}

	@Test
	void aNewMemberGetsItsKeysLittleByLittle() {
		BalancerFixture slow = new BalancerFixture(settings().withSlowStart(Duration.ofSeconds(10)));
		slow.of(4);
		slow.of(5);
		slow.sink(5).behave((call) -> call.end(Reply.EMPTY));
		int early = moved(slow);
		slow.time.advance(Duration.ofSeconds(11));
		assertThat(early).isLessThan(KEYS / 12);
		assertThat(moved(slow)).isBetween(KEYS / 7, KEYS / 4);
	}

	@Test
	void aBoundOfOneOrLessIsRefused() {
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings().withHashBound(1))
			.withMessage("hash-bound: 1.0 (expected: > 1 and at most 1000)");
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings().withHashBound(Double.NaN));
		assertThatExceptionOfType(InvalidSettingException.class).isThrownBy(() -> settings().withHashBound(1001));
	}

	private int moved(BalancerFixture fixture) {
		return (int) owners(fixture).values().stream().filter(BalancerFixture.member(5)::equals).count();
	}

	/** Calls of all keys in turn, a hundred a second. */
	private void send(Duration total) {
		for (int i = 0; i < total.toMillis() / 10; i++) {
			Call call = keyed(i);
			this.balancer.dispatch(call);
			this.fixture.time.advance(Duration.ofMillis(10));
		}
	}

	private List<Call> hold(int count, int key) {
		List<Call> calls = IntStream.range(0, count).mapToObj((i) -> keyed(key)).toList();
		calls.forEach(this.balancer::dispatch);
		return calls;
	}

	private List<Object> attempts(int key) {
		Call call = keyed(key);
		List<Object> targets = new ArrayList<>();
		for (int i = 0; i < 4; i++) {
			Call attempt = call.attempt(new Deadline(0, Long.MAX_VALUE / 2));
			this.balancer.dispatch(attempt);
			targets.add(attempt.target());
		}
		call.end(Reply.EMPTY);
		return targets;
	}

	private Map<Integer, Object> owners() {
		return owners(this.fixture);
	}

	/** Whom calls of each key go to, one after the other. */
	private static Map<Integer, Object> owners(BalancerFixture fixture) {
		Map<Integer, Object> owners = new HashMap<>();
		for (int key = 0; key < KEYS; key++) {
			Call call = keyed(key);
			fixture.balancer.dispatch(call);
			call.end(Reply.EMPTY);
			owners.put(key, call.target());
		}
		return owners;
	}

	private static Call keyed(int key) {
		return new Call(Calls.METHOD, new Object[0], new Deadline(0, Long.MAX_VALUE / 2), Context.empty(),
				CallOptions.NONE.withRoutingKey("user-" + key));
	}

}
