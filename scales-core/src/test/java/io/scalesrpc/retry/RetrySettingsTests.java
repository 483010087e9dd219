package io.scalesrpc.retry;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.FailureKind;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class RetrySettingsTests {

	@Test
	void valuesOutOfRangeAreRefused() {
		assertRefused(() -> RetrySettings.DEFAULT.withMaxAttempts(0), "maxAttempts: 0 (expected: 1..5)");
		assertRefused(() -> RetrySettings.DEFAULT.withMaxAttempts(6), "maxAttempts: 6 (expected: 1..5)");
		assertRefused(() -> RetrySettings.DEFAULT.withKinds(FailureKind.INTERNAL),
				"on: [INTERNAL] (expected: any of CONNECTION_LOST, TIMEOUT, REMOTE)");
		assertRefused(() -> backoff(0, 2, 10), "initial: PT0S (expected: > 0 and at most 1 day)");
		assertRefused(() -> backoff(5, 0.5, 10), "multiplier: 0.5 (expected: 1..100)");
		assertRefused(() -> backoff(50, 2, 10),
				"max: PT0.01S (expected: at least initial, which is PT0.05S, and at most 1 day)");
		assertRefused(() -> new AttemptTimeout(Duration.ZERO),
				"attemptTimeout: PT0S (expected: > 0 and at most 1 day)");
		assertRefused(() -> new RetryBudgetSettings(1.5, 10, Duration.ofSeconds(10)), "ratio: 1.5 (expected: 0..1)");
		assertRefused(() -> new RetryBudgetSettings(0.2, -1, Duration.ofSeconds(10)),
				"minPerSecond: -1 (expected: >= 0)");
		assertRefused(() -> new RetryBudgetSettings(0.2, 10, Duration.ofMinutes(2)),
				"ttl: PT2M (expected: 1 to 60 seconds)");
	}

	@Test
	void aWaitIsAnythingBelowItsBound() {
		RandomGenerator random = ScriptedRandom.of(0.0, 0.999, 0.5);
		RetryBackoff backoff = backoff(10, 2, 15);
		assertThat(backoff.nanosAfter(1, random)).isZero();
		assertThat(backoff.nanosAfter(1, random)).isEqualTo(9_990_000);
		assertThat(backoff.nanosAfter(1000, random)).isEqualTo(7_500_000);
	}

	@Test
	void aNewBudgetHoldsOneRetry() {
		assertThat(RetryBudgetSettings.DEFAULT.newBudget(new FakeTime()).balance()).isEqualTo(1.0);
	}

	@Test
	void jitterIsThePartOfTheWaitThatIsLeftToChance() {
		RandomGenerator random = ScriptedRandom.of(0.0, 0.5, 0.999);
		RetryBackoff equal = new RetryBackoff(Duration.ofMillis(10), 2, Duration.ofMillis(40),
				RetryBackoff.Jitter.EQUAL);
		assertThat(equal.nanosAfter(1, random)).isEqualTo(5_000_000);
		assertThat(equal.nanosAfter(1, random)).isEqualTo(7_500_000);
		assertThat(equal.nanosAfter(9, random)).isEqualTo(39_980_000);
		RetryBackoff none = new RetryBackoff(Duration.ofMillis(10), 2, Duration.ofMillis(40), RetryBackoff.Jitter.NONE);
		assertThat(none.nanosAfter(1, random)).isEqualTo(10_000_000);
		assertThat(none.nanosAfter(2, random)).isEqualTo(20_000_000);
		assertThat(none.nanosAfter(9, random)).isEqualTo(40_000_000);
	}

	private static RetryBackoff backoff(long initial, double multiplier, long max) {
		return new RetryBackoff(Duration.ofMillis(initial), multiplier, Duration.ofMillis(max));
	}

	private static void assertRefused(ThrowingCallable attempt, String text) {
		assertThatIllegalArgumentException().isThrownBy(attempt).withMessage(text);
	}

}
