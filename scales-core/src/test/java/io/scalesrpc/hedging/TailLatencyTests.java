package io.scalesrpc.hedging;

import java.time.Duration;

import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class TailLatencyTests {

	private static final Duration REFRESH = TailLatency.REFRESH;

	private final FakeTime time = new FakeTime();

	private TailLatency latency = latency(HedgingSettings.DEFAULT);

	private TailLatency latency(HedgingSettings settings) {
		return new TailLatency(settings, this.time.nanos());
	}

	private void add(int count, Duration each) {
		for (int i = 0; i < count; i++) {
			this.latency.add(each.toNanos());
		}
	}

	private long nanos() {
		return this.latency.delayNanos(this.time.nanos());
	}

	private void assertMillis(double expected) {
		assertThat(nanos() / 1e6).isCloseTo(expected, within(expected / 100));
	}

	@Test
	void nothingIsKnownAtFirst() {
		assertThat(nanos()).isEqualTo(TailLatency.NONE);
	}

	@Test
	void itIsThePercentileOfFourFifthsOfTheShareThatMayBeSentTwice() {
		add(991, Duration.ofMillis(5));
		add(9, Duration.ofMillis(700));
		this.time.advance(REFRESH);
		assertMillis(700);
		add(250, Duration.ofMillis(5));
		this.time.advance(REFRESH);
		assertMillis(5);
	}

	@Test
	void anotherShareIsAnotherPercentile() {
		this.latency = latency(HedgingSettings.DEFAULT.withMaxExtraLoad(0.2));
		add(70, Duration.ofMillis(5));
		add(30, Duration.ofMillis(40));
		this.time.advance(REFRESH);
		assertMillis(40);
		add(200, Duration.ofMillis(5));
		this.time.advance(REFRESH);
		assertMillis(5);
	}

	@Test
	void tooFewCallsSayNothing() {
		this.latency = latency(HedgingSettings.DEFAULT.withMaxExtraLoad(0.1));
		add(99, Duration.ofMillis(5));
		this.time.advance(REFRESH);
		assertThat(nanos()).isEqualTo(TailLatency.NONE);
		add(1, Duration.ofMillis(5));
		this.time.advance(REFRESH);
		assertMillis(5);
	}

	@Test
	void aSmallShareNeedsMoreCalls() {
		this.latency = latency(HedgingSettings.DEFAULT.withMaxExtraLoad(0.001));
		add(1249, Duration.ofMillis(5));
		this.time.advance(REFRESH);
		assertThat(nanos()).isEqualTo(TailLatency.NONE);
		add(1, Duration.ofMillis(5));
		this.time.advance(REFRESH);
		assertMillis(5);
	}

	@Test
	void itIsWorkedOutAnewEveryThreeSeconds() {
		add(125, Duration.ofMillis(5));
		this.time.advance(REFRESH.minusNanos(1));
		assertThat(nanos()).isEqualTo(TailLatency.NONE);
		this.time.advance(Duration.ofNanos(1));
		assertMillis(5);
		add(1000, Duration.ofMillis(50));
		this.time.advance(REFRESH.minusNanos(1));
		assertMillis(5);
		this.time.advance(Duration.ofNanos(1));
		assertMillis(50);
	}

	@Test
	void latenciesAreForgottenAfterThreeWindows() {
		add(10_000, Duration.ofMillis(500));
		for (int i = 0; i < 10; i++) {
			this.time.advance(REFRESH);
			nanos();
		}
		add(200, Duration.ofMillis(5));
		this.time.advance(REFRESH);
		assertMillis(5);
	}

	@Test
	void latenciesAreRememberedForTwoWindowsAtLeast() {
		add(10_000, Duration.ofMillis(500));
		for (int i = 0; i < 6; i++) {
			this.time.advance(REFRESH);
			assertMillis(500);
		}
	}

	@Test
	void whoWasIdleForLongBeginsAnew() {
		add(1000, Duration.ofMillis(5));
		this.time.advance(REFRESH);
		assertMillis(5);
		this.time.advance(Duration.ofMinutes(10));
		assertThat(nanos()).isEqualTo(TailLatency.NONE);
	}

	@Test
	void thereIsALeastDelay() {
		add(1000, Duration.ofNanos(70_000));
		this.time.advance(REFRESH);
		assertMillis(1);
	}

	@Test
	void aPercentileAtTheUpperEndIsNoDelay() {
		add(900, Duration.ofMillis(5));
		add(100, Duration.ofSeconds(30));
		this.time.advance(REFRESH);
		assertThat(nanos()).isEqualTo(TailLatency.NONE);
	}

	@Test
	void theUpperEndIsASetting() {
		this.latency = latency(HedgingSettings.DEFAULT.withDelays(Duration.ofMillis(1), Duration.ofMillis(100)));
		add(1000, Duration.ofMillis(101));
		this.time.advance(REFRESH);
		assertThat(nanos()).isEqualTo(TailLatency.NONE);
		add(200_000, Duration.ofMillis(90));
		this.time.advance(REFRESH);
		assertMillis(90);
	}

	@Test
	void aLatencyBelowZeroIsZero() {
		add(1000, Duration.ofNanos(-5));
		this.time.advance(REFRESH);
		assertMillis(1);
	}

}
