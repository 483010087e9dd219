package io.scalesrpc.balancer.node;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** <em>Confined to the test's thread.</em> */
class RelativeLatencyTests {

	private final RelativeLatency latency = new RelativeLatency();

	@Test
	void aNodeThatIsSlowForSureIsLeftAloneForTwentySeconds() {
		settleAt(2);
		assertThat(this.latency.factor(nanos(19_990))).isCloseTo(3, within(0.01));
		assertThat(this.latency.factor(nanos(20_010))).isOne();
	}

	@Test
	void aNodeThatIsBarelySlowIsTriedSoon() {
		settleAt(1.25);
		assertThat(this.latency.factor(nanos(1_200))).isGreaterThan(1);
		assertThat(this.latency.factor(nanos(1_300))).isOne();
	}

	@Test
	void upToTwiceTheTypicalLatencyNodesAreAlike() {
		settleAt(0.999);
		assertThat(this.latency.factor(0)).isOne();
	}

	private void settleAt(double power) {
		for (int i = 0; i < 200; i++) {
			this.latency.add(power, 0);
		}
	}

	private static long nanos(long millis) {
		return Duration.ofMillis(millis).toNanos();
	}

}
