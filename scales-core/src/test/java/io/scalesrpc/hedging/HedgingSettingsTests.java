package io.scalesrpc.hedging;

import java.time.Duration;

import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.TestMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

class HedgingSettingsTests {

	private static final CallOptions HEDGED = CallOptions.of(HedgingSettings.KEY, HedgingSettings.DEFAULT);

	@Test
	void hedgingIsOffUnlessItIsSwitchedOnAndTheMethodIsIdempotent() {
		CallOptions idempotent = CallOptions.of(Idempotence.KEY, true);
		assertThat(HedgingSettings.isOn(CallOptions.NONE)).isFalse();
		assertThat(HedgingSettings.isOn(HEDGED)).isFalse();
		assertThat(HedgingSettings.isOn(idempotent)).isFalse();
		assertThat(HedgingSettings.isOn(HEDGED.withAll(idempotent))).isTrue();
		assertThat(HedgingSettings.isOn(idempotent.with(HedgingSettings.KEY, HedgingSettings.OFF))).isFalse();
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, -1, 0.00009, 0.51, Double.NaN })
	void aShareOutOfItsRangeIsRefused(double share) {
		assertThatIllegalArgumentException().isThrownBy(() -> HedgingSettings.DEFAULT.withMaxExtraLoad(share))
			.withMessage("maxExtraLoad: " + share + " (expected: 0.0001..0.5)");
	}

	@Test
	void delaysOutOfTheirRangeAreRefused() {
		assertThatIllegalArgumentException().isThrownBy(() -> delays("PT0S", "PT1S"))
			.withMessage("minDelay: PT0S (expected: at least 1 millisecond and below maxDelay, which is PT1S)");
		assertThatIllegalArgumentException().isThrownBy(() -> delays("PT2S", "PT2S"))
			.withMessageStartingWith("minDelay: PT2S");
		assertThatIllegalArgumentException().isThrownBy(() -> delays("PT0.001S", "PT61S"))
			.withMessage("maxDelay: PT1M1S (expected: > 1 millisecond and at most 1 minute)");
	}

	private static HedgingSettings delays(String min, String max) {
		return HedgingSettings.DEFAULT.withDelays(Duration.parse(min), Duration.parse(max));
	}

	@Test
	void aMethodThatIsNotIdempotentIsRefusedIfItIsNamed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> HedgingSettings.requireFit("pay", Calls.METHOD, HEDGED, HEDGED))
			.withMessage("hedging: pay (expected: a method that is said to be idempotent, since two servers may"
					+ " serve the call)");
		assertThatNoException()
			.isThrownBy(() -> HedgingSettings.requireFit("pay", Calls.METHOD, CallOptions.NONE, HEDGED));
	}

	@Test
	void aMethodThatIsNotAnsweredIsRefusedIfItIsNamed() {
		CallOptions all = HEDGED.with(Idempotence.KEY, true);
		TestMethod fire = new TestMethod("Calculator", "fire", true);
		assertThatIllegalArgumentException().isThrownBy(() -> HedgingSettings.requireFit("fire", fire, HEDGED, all))
			.withMessage("hedging: fire (expected: a method that is answered)");
	}

}
