package io.scalesrpc.time;

import java.time.Duration;

import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class EqualJitterBackoffTests {

	private static final Duration MIN = Duration.ofSeconds(5);

	private static final Duration MAX = Duration.ofSeconds(300);

	private static final double MIDDLE = 0.5;

	@Test
	void halfOfEachWaitIsFixed() {
		Backoff backoff = new EqualJitterBackoff(MIN, MAX, ScriptedRandom.of(0.0, 0.0, 0.0, 0.0));
		assertThat(seconds(backoff, 1)).isEqualTo(5);
		assertThat(seconds(backoff, 2)).isEqualTo(10);
		assertThat(seconds(backoff, 3)).isEqualTo(20);
		assertThat(seconds(backoff, 1000)).isEqualTo(150);
	}

	@Test
	void theOtherHalfIsByChance() {
		Backoff backoff = new EqualJitterBackoff(MIN, MAX, ScriptedRandom.of(MIDDLE, MIDDLE, MIDDLE, MIDDLE));
		assertThat(backoff.nanosAfter(1)).isEqualTo(Duration.ofMillis(7500).toNanos());
		assertThat(seconds(backoff, 2)).isEqualTo(15);
		assertThat(seconds(backoff, 3)).isEqualTo(30);
		assertThat(seconds(backoff, 1000)).isEqualTo(225);
	}

	@Test
	void aLeastThatIsTheLongestIsConstant() {
		Backoff backoff = new EqualJitterBackoff(MIN, MIN, ScriptedRandom.of(MIDDLE, MIDDLE));
		assertThat(seconds(backoff, 1)).isEqualTo(5);
		assertThat(seconds(backoff, 7)).isEqualTo(5);
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new EqualJitterBackoff(Duration.ZERO, MAX, ScriptedRandom.of()))
			.withMessage("min: PT0S (expected: > 0)");
		assertThatIllegalArgumentException().isThrownBy(() -> new EqualJitterBackoff(MAX, MIN, ScriptedRandom.of()))
			.withMessage("max: PT5S (expected: >= min PT5M)");
	}

	@Test
	void theFirstWaitCanBeSpreadFromNoneToTwice() {
		Backoff backoff = new SpreadFirstWait((failures) -> 100L * failures, ScriptedRandom.of(0.0, 0.25, 0.75));
		assertThat(backoff.nanosAfter(1)).isZero();
		assertThat(backoff.nanosAfter(1)).isEqualTo(50);
		assertThat(backoff.nanosAfter(1)).isEqualTo(150);
		assertThat(backoff.nanosAfter(2)).isEqualTo(200);
	}

	private static long seconds(Backoff backoff, int failures) {
		return Duration.ofNanos(backoff.nanosAfter(failures)).toSeconds();
	}

}
