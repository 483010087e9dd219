package io.scalesrpc.balancer.node;

import java.time.Duration;

import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class RecentFailuresTests {

	private final FakeTime time = new FakeTime();

	private final RecentFailures failures = new RecentFailures();

	@Test
	void withoutFailuresThereIsNoWeight() {
		assertThat(weight()).isZero();
		this.failures.forgive(this.time.nanos());
		assertThat(weight()).isZero();
	}

	@Test
	void aFailureWeighsFiveCallsAndFadesInElevenSecondsAcrossAWrapOfTheTicker() {
		answer();
		fail(1);
		assertThat(weight()).isCloseTo(5, within(1e-6));
		this.time.advance(Duration.ofMillis(6500));
		assertThat(weight()).isCloseTo(5 / Math.E, within(1e-6));
		this.time.advance(Duration.ofMillis(3900));
		assertThat(weight()).isBetween(1.0, 1.02);
		this.time.advance(Duration.ofMillis(100));
		assertThat(weight()).isZero();
	}

	@Test
	void theFirstFailureOfWhoNeverAnsweredWeighsTwiceAsMuch() {
		fail(1);
		assertThat(weight()).isCloseTo(10, within(1e-6));
	}

	@Test
	void failuresAddUp() {
		answer();
		fail(3);
		assertThat(weight()).isCloseTo(15, within(1e-6));
	}

	@Test
	void whatHasFadedStillCountsForTheNextFailure() {
		answer();
		fail(1);
		this.time.advance(Duration.ofSeconds(13));
		fail(1);
		assertThat(weight()).as("twice as much, for it failed again").isCloseTo(10 + 5 * Math.exp(-2), within(1e-6));
		this.failures.forgive(this.time.nanos());
		this.time.advance(Duration.ofSeconds(30));
		fail(1);
		assertThat(weight()).as("it answered meanwhile").isBetween(5.0, 5.2);
	}

	@Test
	void anAnswerTakesAwayATenth() {
		answer();
		fail(2);
		answer();
		assertThat(weight()).isCloseTo(9, within(1e-6));
		for (int i = 0; i < 25; i++) {
			this.failures.forgive(this.time.nanos());
		}
		assertThat(weight()).isZero();
	}

	@Test
	void afterAnyNumberOfFailuresItIsForgottenInHalfAMinuteOrSo() {
		fail(100_000);
		this.time.advance(Duration.ofSeconds(35));
		assertThat(weight()).isZero();
	}

	private void answer() {
		this.failures.forgive(this.time.nanos());
	}

	private void fail(int times) {
		for (int i = 0; i < times; i++) {
			this.failures.add(this.time.nanos());
		}
	}

	private double weight() {
		return this.failures.weight(this.time.nanos());
	}

}
