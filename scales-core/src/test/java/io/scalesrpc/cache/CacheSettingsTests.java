package io.scalesrpc.cache;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CacheSettingsTests {

	private final CacheSettings settings = CacheSettings.of(new MapCache(false), Duration.ofSeconds(10));

	@Test
	void timesOutOfTheirRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> CacheSettings.of(new MapCache(false), Duration.ZERO))
			.withMessage("ttl: PT0S (expected: > 0 and at most 1 day)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withStaleIfError(Duration.ofSeconds(-1)))
			.withMessageStartingWith("staleIfError: PT-1S");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withRefreshAfter(Duration.ofSeconds(10)))
			.withMessage("refreshAfter: PT10S (expected: less than ttl, which is PT10S)");
		assertThatIllegalArgumentException().isThrownBy(() -> this.settings.withLookupTimeout(Duration.ZERO))
			.withMessageStartingWith("lookupTimeout: PT0S");
	}

}
