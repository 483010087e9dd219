package io.scalesrpc.pool;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PoolSettingsTests {

	@Test
	void theDefaultsAreThoseOfTheDesign() {
		assertThat(PoolSettings.DEFAULT).isEqualTo(new PoolSettings(1, 64, 1024, Duration.ofMinutes(1), Duration.ZERO));
	}

	@Test
	void valuesOutOfRangeAreRefused() {
		assertRefused(1, 0, 1, 1, 0, "high: 0 (expected: >= 1)");
		assertRefused(5, 4, 1, 1, 0, "low: 5 (expected: 0 to high 4)");
		assertRefused(-1, 4, 1, 1, 0, "low: -1 (expected: 0 to high 4)");
		assertRefused(1, 4, -1, 1, 0, "queue: -1 (expected: >= 0)");
		assertRefused(1, 4, 1, 0, 0, "idle-timeout: PT0S (expected: > 0 and at most 1 day)");
		assertRefused(1, 4, 1, 1, -1, "max-age: PT-1S (expected: >= 0 and at most 1 day)");
	}

	private static void assertRefused(int low, int high, int queue, long idle, long age, String text) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> new PoolSettings(low, high, queue, Duration.ofSeconds(idle), Duration.ofSeconds(age)))
			.withMessage(text);
	}

}
