package io.scalesrpc.time;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharedTickTests {

	private static final long INTERVAL = Duration.ofSeconds(5).toNanos();

	@Test
	void whatHundredsDoEverySoOftenWakesATimerOnceASecond() {
		FakeTime time = new FakeTime();
		Random random = new Random(7);
		Set<Long> moments = new HashSet<>();
		int[] done = new int[1];
		for (int i = 0; i < 200; i++) {
			time.advance(Duration.ofNanos(random.nextInt(50_000_000)));
			repeat(time, moments, done);
		}
		time.advance(Duration.ofSeconds(10));
		moments.clear();
		done[0] = 0;
		time.advance(Duration.ofSeconds(60));
		assertThat(done[0]).isEqualTo(200 * 12);
		assertThat(moments).hasSizeLessThanOrEqualTo(60);
	}

	private static void repeat(FakeTime time, Set<Long> moments, int[] done) {
		time.schedule(() -> {
			moments.add(time.nanos());
			done[0]++;
			repeat(time, moments, done);
		}, SharedTick.delay(time.nanos(), INTERVAL, INTERVAL), TimeUnit.NANOSECONDS);
	}

	@Test
	void whoCountsFromAnEarlierMomentSharesTheOthers() {
		FakeTime time = new FakeTime();
		Random random = new Random(13);
		Set<Long> moments = new HashSet<>();
		for (int i = 0; i < 200; i++) {
			long passed = random.nextInt(2_000_000);
			moments.add(time.nanos() + SharedTick.delay(time.nanos(), INTERVAL - passed, INTERVAL));
		}
		assertThat(moments).hasSize(1);
	}

	@Test
	void nobodyIsEarlyByMoreThanAFifthAndASecond() {
		Random random = new Random(11);
		for (int i = 0; i < 10_000; i++) {
			long delay = random.nextLong(Duration.ofDays(1).toNanos());
			long now = random.nextLong();
			long least = delay - Math.min(delay / 5, 1_000_000_000L);
			assertThat(SharedTick.delay(now, delay, delay)).isBetween(least, delay);
		}
	}

	@Test
	void timesTooShortToShareStayWhatTheyAre() {
		assertThat(SharedTick.delay(123, 0, 0)).isZero();
		assertThat(SharedTick.delay(123, 4, 4)).isEqualTo(4);
	}

}
