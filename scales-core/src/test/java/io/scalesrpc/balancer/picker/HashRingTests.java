package io.scalesrpc.balancer.picker;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.scalesrpc.balancer.dispatch.BalancerFixture;
import io.scalesrpc.call.RoutingHash;
import io.scalesrpc.discovery.Member;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Where keys belong, and what moves. */
class HashRingTests {

	private static final int KEYS = 20_000;

	private static final List<Long> HASHES = IntStream.range(0, KEYS)
		.mapToObj((i) -> RoutingHash.ofText("user-" + i))
		.toList();

	@Test
	void everyMemberHasItsShareOfTheKeys() {
		for (int count : new int[] { 2, 3, 10, 50 }) {
			List<Member> members = members(count);
			int[] keys = new int[count];
			owners(members).forEach((owner) -> keys[members.indexOf(owner)]++);
			double fair = (double) KEYS / count;
			assertThat(IntStream.of(keys).min().orElseThrow()).as("of %d", count).isGreaterThan((int) (0.75 * fair));
			assertThat(IntStream.of(keys).max().orElseThrow()).as("of %d", count).isLessThan((int) (1.25 * fair));
		}
	}

	@Test
	void aMemberThatComesTakesAboutItsShareAndNothingElseMoves() {
		List<Member> after = members(10);
		List<Member> before = after.subList(0, 9);
		List<Member> was = owners(before);
		List<Member> is = owners(after);
		int moved = 0;
		for (int i = 0; i < KEYS; i++) {
			if (!is.get(i).equals(was.get(i))) {
				moved++;
				assertThat(is.get(i)).isEqualTo(after.get(9));
			}
		}
		assertThat(moved).isBetween(KEYS * 8 / 100, KEYS * 12 / 100);
	}

	@Test
	void theKeysOfAMemberThatLeavesAreSpreadOverTheOthersAndNothingElseMoves() {
		List<Member> before = members(10);
		List<Member> after = before.subList(1, 10);
		List<Member> was = owners(before);
		List<Member> is = owners(after);
		int[] got = new int[10];
		for (int i = 0; i < KEYS; i++) {
			if (was.get(i).equals(before.get(0))) {
				got[before.indexOf(is.get(i))]++;
			}
			else {
				assertThat(is.get(i)).isEqualTo(was.get(i));
			}
		}
		int orphans = IntStream.of(got).sum();
		assertThat(IntStream.of(got).skip(1)).allMatch((count) -> count > orphans / 30 && count < orphans / 4);
	}

	@Test
	void anotherPlaceOfAKeyIsAtAnyOther() {
		List<Member> members = members(10);
		HashRing ring = HashRing.of(members);
		int[] got = new int[10];
		HASHES.stream().filter((hash) -> ring.owner(hash) == 0).forEach((hash) -> {
			long place = hash;
			while (ring.owner(place) == 0) {
				place = HashRing.next(place);
			}
			got[ring.owner(place)]++;
		});
		int orphans = IntStream.of(got).sum();
		assertThat(IntStream.of(got).skip(1)).allMatch((count) -> count > orphans / 16 && count < orphans / 6);
	}

	@Test
	void weightsAreHeeded() {
		List<Member> members = List.of(member(1, 1), member(2, 2), member(3, 5));
		int[] keys = new int[3];
		owners(members).forEach((owner) -> keys[members.indexOf(owner)]++);
		assertThat((double) keys[0] / KEYS).isBetween(0.1, 0.15);
		assertThat((double) keys[1] / KEYS).isBetween(0.22, 0.28);
		assertThat((double) keys[2] / KEYS).isBetween(0.59, 0.66);
	}

	@Test
	void theHeaviestMemberThatComesAndGoesMovesNoKeysOfOthers() {
		List<Member> before = List.of(member(1, 100), member(2, 90), member(3, 80));
		List<Member> after = List.of(member(1, 100), member(2, 90), member(3, 80), member(4, 110));
		List<Member> was = owners(before);
		List<Member> is = owners(after);
		assertThat(IntStream.range(0, KEYS).filter((i) -> !is.get(i).equals(was.get(i))).mapToObj(is::get)).isNotEmpty()
			.allMatch(after.get(3)::equals);
	}

	@Test
	void theOrderOfTheListDoesNotMatter() {
		List<Member> members = members(20);
		List<Member> shuffled = new ArrayList<>(members);
		Collections.shuffle(shuffled, new Random(1));
		assertThat(owners(shuffled)).isEqualTo(owners(members));
	}

	@Test
	void manyMembersHaveFewerPointsEachAndMostKeysStay() {
		List<Member> after = IntStream.range(0, 2100)
			.mapToObj((i) -> Member.of("10.0." + i / 250 + "." + i % 250, 9090))
			.toList();
		List<Member> was = owners(after.subList(0, 2000));
		List<Member> is = owners(after);
		long moved = IntStream.range(0, KEYS).filter((i) -> !is.get(i).equals(was.get(i))).count();
		// 2000 members have 128 points each, 2100 have 64: half of the ring is drawn
		// anew.
		assertThat(moved).isLessThan(KEYS * 60 / 100);
		assertThat(count(is).values()).allMatch((count) -> count < 6 * KEYS / 2100 + 6);
	}

	private static Map<Member, Integer> count(List<Member> owners) {
		Map<Member, Integer> counts = new HashMap<>();
		owners.forEach((owner) -> counts.merge(owner, 1, Integer::sum));
		return counts;
	}

	private static List<Member> owners(List<Member> members) {
		HashRing ring = HashRing.of(members);
		return HASHES.stream().map((hash) -> members.get(ring.owner(hash))).toList();
	}

	private static List<Member> members(int count) {
		return List.of(BalancerFixture.members(count));
	}

	private static Member member(int number, double weight) {
		return new Member("10.0.0." + number, 9090, weight, Map.of());
	}

}
