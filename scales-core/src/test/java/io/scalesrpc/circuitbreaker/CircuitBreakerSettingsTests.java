package io.scalesrpc.circuitbreaker;

import java.time.Duration;
import java.util.stream.Stream;

import io.scalesrpc.call.CallOptions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CircuitBreakerSettingsTests {

	private static final Duration WINDOW = Duration.ofSeconds(30);

	private static Stream<Arguments> wrong() {
		CircuitBreakerSettings settings = CircuitBreakerSettings.DEFAULT;
		return Stream.of(wrong(() -> settings.withFailMax(0), "failMax: 0 (expected: >= 1)"),
				wrong(() -> settings.withResetTimeout(Duration.ZERO),
						"resetTimeout: PT0S (expected: > 0 and at most 1 day)"),
				wrong(() -> settings.withHalfOpenCalls(0), "halfOpenCalls: 0 (expected: >= 1)"),
				wrong(() -> new FailureRate(0.0, WINDOW, 1),
						"threshold: 0.0 (expected: a share above 0 and at most 1)"),
				wrong(() -> new FailureRate(50.0, WINDOW, 1),
						"threshold: 50.0 (expected: a share above 0 and at most 1)"),
				wrong(() -> new FailureRate(Double.NaN, WINDOW, 1),
						"threshold: NaN (expected: a share above 0 and at most 1)"),
				wrong(() -> new FailureRate(0.5, Duration.ofMillis(1), 1),
						"window: PT0.001S (expected: at least 1 second and at most 1 day)"),
				wrong(() -> new FailureRate(0.5, WINDOW, 0), "minCalls: 0 (expected: >= 1)"),
				wrong(() -> new SlowCalls(Duration.ZERO, 0.5), "duration: PT0S (expected: > 0 and at most 1 day)"),
				wrong(() -> new SlowCalls(WINDOW, 1.1), "rate: 1.1 (expected: a share above 0 and at most 1)"));
	}

	private static Arguments wrong(ThrowingCallable maker, String text) {
		return arguments(maker, text);
	}

	@ParameterizedTest
	@MethodSource("wrong")
	void aValueThatIsNotRightIsNamed(ThrowingCallable maker, String text) {
		assertThatIllegalArgumentException().isThrownBy(maker).withMessage(text);
	}

	@Test
	void itIsOffUnlessSomebodySwitchesItOn() {
		assertThat(CallOptions.NONE.get(CircuitBreakerSettings.KEY).enabled()).isFalse();
		assertThat(CircuitBreakerSettings.OFF.withEnabled(true)).isEqualTo(CircuitBreakerSettings.DEFAULT);
	}

}
