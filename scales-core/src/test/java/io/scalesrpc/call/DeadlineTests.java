package io.scalesrpc.call;

import java.time.Duration;

import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class DeadlineTests {

	private static final long NEAR_THE_WRAP = Long.MAX_VALUE - 10;

	@Test
	void countsFromItsStart() {
		Deadline deadline = Deadline.after(Duration.ofNanos(100), 1000);
		assertThat(deadline.expiryNanos()).isEqualTo(1100);
		assertThat(deadline.remainingNanos(1030)).isEqualTo(70);
		assertThat(deadline.remainingNanos(1130)).isEqualTo(-30);
		assertThat(deadline.elapsedNanos(1030)).isEqualTo(30);
	}

	@Test
	void hasPassedFromItsExpiryOn() {
		Deadline deadline = Deadline.after(Duration.ofNanos(100), 1000);
		assertThat(deadline.isExpired(1099)).isFalse();
		assertThat(deadline.isExpired(1100)).isTrue();
		assertThat(deadline.isExpired(1101)).isTrue();
	}

	@Test
	void aDeadlineOfNothingHasPassedAtItsStart() {
		assertThat(Deadline.after(Duration.ZERO, 7).isExpired(7)).isTrue();
	}

	@Test
	void outlivesAClockThatWraps() {
		Deadline deadline = Deadline.after(Duration.ofNanos(100), NEAR_THE_WRAP);
		assertThat(deadline.expiryNanos()).isNegative();
		assertThat(deadline.isExpired(NEAR_THE_WRAP)).isFalse();
		assertThat(deadline.remainingNanos(Long.MIN_VALUE)).isEqualTo(89);
		assertThat(deadline.elapsedNanos(Long.MIN_VALUE)).isEqualTo(11);
		assertThat(deadline.isExpired(Long.MIN_VALUE + 88)).isFalse();
		assertThat(deadline.isExpired(Long.MIN_VALUE + 89)).isTrue();
	}

	@Test
	void theEarlierOfTwoIsTheOneThatPassesFirstEvenAcrossTheWrap() {
		Deadline before = Deadline.after(Duration.ofNanos(5), NEAR_THE_WRAP);
		Deadline after = Deadline.after(Duration.ofNanos(50), NEAR_THE_WRAP);
		assertThat(before.expiryNanos()).isGreaterThan(after.expiryNanos());
		assertThat(before.earlier(after)).isSameAs(before);
		assertThat(after.earlier(before)).isSameAs(before);
	}

	@Test
	void aCallForARequestBeginsWithItselfAndPassesWithTheRequest() {
		long start = new FakeTime().nanos() + Duration.ofSeconds(1).toNanos() - 10;
		Deadline request = Deadline.after(Duration.ofNanos(50), start);
		Deadline call = Deadline.after(Duration.ofNanos(100), start + 20);
		assertThat(call.within(request)).isEqualTo(new Deadline(start + 20, 30, true));
		Deadline shorter = Deadline.after(Duration.ofNanos(30), start + 20);
		assertThat(shorter.within(request)).isSameAs(shorter);
		Deadline late = Deadline.after(Duration.ofNanos(100), start + 60);
		assertThat(late.within(request)).isEqualTo(new Deadline(start + 60, 0, true));
		assertThat(late.within(request).isExpired(start + 60)).isTrue();
	}

	@Test
	void ofTwoThatPassTogetherTheFirstStands() {
		Deadline one = new Deadline(10, 90);
		Deadline other = new Deadline(20, 80);
		assertThat(one.earlier(other)).isSameAs(one);
		assertThat(other.earlier(one)).isSameAs(other);
	}

}
