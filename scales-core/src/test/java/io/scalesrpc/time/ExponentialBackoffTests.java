package io.scalesrpc.time;

import java.time.Duration;

import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ExponentialBackoffTests {

	private static final Duration INITIAL = Duration.ofMillis(100);

	private static final Duration MAX = Duration.ofSeconds(60);

	private static final double MIDDLE = 0.5;

	@Test
	void waitsGrowByTheMultiplierUpToTheMaximum() {
		ScriptedRandom random = ScriptedRandom.of(MIDDLE, MIDDLE, MIDDLE, MIDDLE, MIDDLE);
		Backoff backoff = new ExponentialBackoff(INITIAL, 1.6, MAX, 0.2, random);
		assertThat(millis(backoff, 1)).isEqualTo(100);
		assertThat(millis(backoff, 2)).isEqualTo(160);
		assertThat(millis(backoff, 3)).isEqualTo(256);
		assertThat(millis(backoff, 14)).isEqualTo(45_035);
		assertThat(millis(backoff, 15)).isEqualTo(60_000);
	}

	@Test
	void manyFailuresStayAtTheMaximum() {
		Backoff backoff = new ExponentialBackoff(INITIAL, 2, MAX, 0, ScriptedRandom.of(MIDDLE));
		assertThat(millis(backoff, Integer.MAX_VALUE)).isEqualTo(60_000);
	}

	@Test
	void noFailureCountsAsOne() {
		Backoff backoff = new ExponentialBackoff(INITIAL, 2, MAX, 0, ScriptedRandom.of(MIDDLE, MIDDLE));
		assertThat(millis(backoff, 0)).isEqualTo(100);
		assertThat(millis(backoff, -5)).isEqualTo(100);
	}

	@Test
	void jitterSpreadsTheWaitToBothSides() {
		ScriptedRandom random = ScriptedRandom.of(0.0, 0.25, 0.75, Math.nextDown(1.0));
		Backoff backoff = new ExponentialBackoff(INITIAL, 1.6, MAX, 0.2, random);
		assertThat(millis(backoff, 1)).isEqualTo(80);
		assertThat(millis(backoff, 1)).isEqualTo(90);
		assertThat(millis(backoff, 1)).isEqualTo(110);
		assertThat(backoff.nanosAfter(1)).isBetween(Duration.ofMillis(119).toNanos(), Duration.ofMillis(120).toNanos());
	}

	@Test
	void fullJitterNeverWaitsLessThanNothing() {
		Backoff backoff = new ExponentialBackoff(INITIAL, 2, MAX, 1, ScriptedRandom.of(0.0));
		assertThat(backoff.nanosAfter(3)).isZero();
	}

	@Test
	void theMaximumIsSpreadToo() {
		Backoff backoff = new ExponentialBackoff(INITIAL, 2, MAX, 0.2, ScriptedRandom.of(0.0));
		assertThat(millis(backoff, 100)).isEqualTo(48_000);
	}

	@Test
	void refusesValuesOutOfRange() {
		assertRefused(Duration.ZERO, 2, MAX, 0, "initial: PT0S (expected: > 0)");
		assertRefused(INITIAL, 0.9, MAX, 0, "multiplier: 0.9 (expected: >= 1)");
		assertRefused(INITIAL, Double.NaN, MAX, 0, "multiplier: NaN (expected: >= 1)");
		assertRefused(INITIAL, 2, Duration.ofMillis(99), 0, "max: PT0.099S (expected: >= initial PT0.1S)");
		assertRefused(INITIAL, 2, MAX, 1.1, "jitter: 1.1 (expected: 0..1)");
		assertRefused(INITIAL, 2, MAX, -0.1, "jitter: -0.1 (expected: 0..1)");
	}

	private static void assertRefused(Duration initial, double multiplier, Duration max, double jitter,
			String message) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new ExponentialBackoff(initial, multiplier, max, jitter, ScriptedRandom.of()))
			.withMessage(message);
	}

	private static long millis(Backoff backoff, int failures) {
		return Duration.ofNanos(backoff.nanosAfter(failures)).toMillis();
	}

}
