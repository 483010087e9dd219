package io.scalesrpc.breaker;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class MemberBreakerSettingsTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private static final MemberBreakerSettings DEFAULT = MemberBreakerSettings.DEFAULT;

	@Test
	void defaults() {
		assertThat(DEFAULT).isEqualTo(new MemberBreakerSettings(true, 5, new SuccessRate(0.8, WINDOW, 20),
				Duration.ofSeconds(1), Duration.ofSeconds(20)));
		assertThat(MemberBreakerSettings.OFF.enabled()).isFalse();
	}

	@Test
	void eachSettingCanBeChangedAlone() {
		SuccessRate rate = new SuccessRate(0.5, WINDOW, 10);
		assertThat(DEFAULT.withConsecutiveFailures(3)
			.withSuccessRate(rate)
			.withBackoff(Duration.ofSeconds(1), Duration.ofSeconds(2)))
			.isEqualTo(new MemberBreakerSettings(true, 3, rate, Duration.ofSeconds(1), Duration.ofSeconds(2)));
	}

	@Test
	void numbersOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withConsecutiveFailures(0))
			.withMessage("consecutiveFailures: 0 (expected: >= 1)");
		assertThatIllegalArgumentException().isThrownBy(() -> new SuccessRate(Double.NaN, WINDOW, 20))
			.withMessage("min: NaN (expected: 0..1)");
		assertThatIllegalArgumentException().isThrownBy(() -> new SuccessRate(1.01, WINDOW, 20))
			.withMessage("min: 1.01 (expected: 0..1)");
		assertThatIllegalArgumentException().isThrownBy(() -> new SuccessRate(1, WINDOW, 0))
			.withMessage("minCalls: 0 (expected: >= 1)");
	}

	@Test
	void timesOutOfRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> new SuccessRate(1, Duration.ofMillis(999), 1))
			.withMessage("window: PT0.999S (expected: at least 1 second and at most 1 day)");
		assertThatIllegalArgumentException().isThrownBy(() -> DEFAULT.withBackoff(Duration.ZERO, Duration.ofSeconds(1)))
			.withMessage("backoffMin: PT0S (expected: at least 1 millisecond and at most 1 day)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DEFAULT.withBackoff(Duration.ofSeconds(5), Duration.ofSeconds(4)))
			.withMessage("backoffMax: PT4S (expected: at least backoffMin, which is PT5S, and at most 1 day)");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> DEFAULT.withBackoff(Duration.ofSeconds(5), Duration.ofDays(2)))
			.withMessageStartingWith("backoffMax: PT48H");
	}

}
