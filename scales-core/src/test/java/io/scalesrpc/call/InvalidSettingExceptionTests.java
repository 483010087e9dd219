package io.scalesrpc.call;

import java.time.Duration;
import java.util.List;

import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.retry.RetryBackoff;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class InvalidSettingExceptionTests {

	private static InvalidSettingException thrown(Runnable action) {
		return catchThrowableOfType(InvalidSettingException.class, action::run);
	}

	@Test
	void aRefusalTellsProgramsWhatItTellsPeople() {
		InvalidSettingException refusal = thrown(() -> CircuitBreakerSettings.DEFAULT.withFailMax(0));
		assertThat(refusal).hasMessage("failMax: 0 (expected: >= 1)");
		assertThat(refusal.setting()).isEqualTo("failMax");
		assertThat(refusal.other()).isNull();
		assertThat(refusal.library()).isNull();
		assertThat(refusal.known()).isEmpty();
	}

	@Test
	void ofTwoThatDoNotAgreeBothAreNamed() {
		InvalidSettingException refusal = thrown(
				() -> new RetryBackoff(Duration.ofSeconds(1), 2, Duration.ofMillis(200)));
		assertThat(refusal).hasMessage("max: PT0.2S (expected: at least initial, which is PT1S, and at most 1 day)");
		assertThat(refusal.setting()).isEqualTo("max");
		assertThat(refusal.other()).isEqualTo("initial");
		assertThat(refusal.needsOther()).isFalse();
	}

	@Test
	void aPartIsNamedWithWhatItIsAPartOf() {
		InvalidSettingException refusal = thrown(() -> Checks.within("retry",
				() -> Checks.within("backoff", () -> new RetryBackoff(Duration.ofDays(2), 1, Duration.ofDays(1)))));
		assertThat(refusal.setting()).isEqualTo("retry.backoff.initial");
		assertThat(refusal).hasMessageStartingWith("initial: PT48H (expected: ");
	}

	@Test
	void whatIsNeededHasItsOwnName() {
		InvalidSettingException refusal = thrown(
				() -> Checks.requireNotWithout(false, "kafka.sasl.username", "me", "kafka.sasl.password"));
		assertThat(refusal).hasMessage("kafka.sasl.username: me (expected: none without kafka.sasl.password)");
		assertThat(refusal.needsOther()).isTrue();
		assertThat(refusal.within("section").other()).isEqualTo("kafka.sasl.password");
	}

	@Test
	void theWordsOfSomebodyElseAreKept() {
		InvalidSettingException refusal = thrown(() -> Checks.about("uri", () -> {
			throw new IllegalArgumentException("no such scheme");
		}));
		assertThat(refusal).hasMessage("no such scheme").hasCauseExactlyInstanceOf(IllegalArgumentException.class);
		assertThat(refusal.setting()).isEqualTo("uri");
		assertThat(refusal.about("peers").setting()).isEqualTo("peers");
		assertThat(refusal.knowing(List.of("tcp")).known()).containsExactly("tcp");
		assertThat(refusal.missing("curator").library()).isEqualTo("curator");
	}

}
