package io.scalesrpc.chaos;

import java.time.Duration;

import io.scalesrpc.call.FailureKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ChaosSettingsTests {

	@Test
	void withoutAShareNothingIsDone() {
		assertThat(ChaosSettings.OFF.isOn()).isFalse();
		assertThat(ChaosSettings.OFF.withNackPercent(1).isOn()).isTrue();
		assertThat(ChaosSettings.OFF.withFailure(new InjectedFailure(FailureKind.CONNECTION_LOST, 0.1)).isOn())
			.isTrue();
		assertThat(latency(Duration.ofSeconds(1), 1).isOn()).isTrue();
		assertThat(latency(Duration.ofSeconds(1), 0).isOn()).isFalse();
	}

	@ParameterizedTest
	@ValueSource(doubles = { -1, 100.5, Double.NaN })
	void aShareIsAPercentage(double percent) {
		assertThatIllegalArgumentException().isThrownBy(() -> ChaosSettings.OFF.withNackPercent(percent))
			.withMessage("nack.percent: " + percent + " (expected: 0..100)");
		assertThatIllegalArgumentException().isThrownBy(() -> new InjectedFailure(FailureKind.REMOTE, percent))
			.withMessageStartingWith("failure.percent: ");
		assertThatIllegalArgumentException().isThrownBy(() -> latency(Duration.ofSeconds(1), percent))
			.withMessageStartingWith("latency.percent: ");
	}

	@Test
	void noMoreThanAllCallsCanFail() {
		ChaosSettings half = ChaosSettings.OFF.withFailure(new InjectedFailure(FailureKind.REMOTE, 60));
		assertThat(half.withNackPercent(40).isOn()).isTrue();
		assertThatIllegalArgumentException().isThrownBy(() -> half.withNackPercent(41))
			.withMessage("nack.percent: 41.0 (expected: at most 100 with failure.percent, which is 60.0)");
	}

	@ParameterizedTest
	@EnumSource(mode = Mode.EXCLUDE, names = { "NOT_SENT", "CONNECTION_LOST", "TIMEOUT", "REMOTE" })
	void whatCannotHappenOnTheWayCannotBeInjected(FailureKind kind) {
		assertThatIllegalArgumentException().isThrownBy(() -> new InjectedFailure(kind, 1))
			.withMessage("failure.kind: " + kind + " (expected: one of [NOT_SENT, CONNECTION_LOST, TIMEOUT, REMOTE])");
	}

	@Test
	void aShareOfNoDelayIsRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> latency(Duration.ZERO, 5))
			.withMessage("latency.percent: 5.0 (expected: 0 where delay and jitter are 0)");
		assertThatIllegalArgumentException().isThrownBy(() -> latency(Duration.ofDays(2), 5))
			.withMessageStartingWith("latency.delay: ");
	}

	private static ChaosSettings latency(Duration delay, double percent) {
		return ChaosSettings.OFF.withLatency(new InjectedLatency(delay, Duration.ZERO, percent));
	}

}
