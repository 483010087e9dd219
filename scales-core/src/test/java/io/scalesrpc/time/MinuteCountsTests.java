package io.scalesrpc.time;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What is remembered, and for how long.
 */
class MinuteCountsTests {

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	/** Readings of a clock may be below zero. */
	private static final long START = -7 * SECOND;

	private final MinuteCounts counts = new MinuteCounts(2, START);

	@Test
	void aMinuteIsRememberedAndNotMuchMore() {
		count(0, 3, 0);
		count(59, 4, 1);
		assertThat(sums(60)).containsExactly(3, 4);
		assertThat(sums(69)).containsExactly(3, 4);
		assertThat(sums(70)).containsExactly(0, 4);
		assertThat(sums(119)).containsExactly(0, 4);
		assertThat(sums(120)).containsExactly(0, 0);
	}

	@Test
	void afterALongSilenceNothingIsLeft() {
		for (int second = 0; second < 80; second++) {
			count(second, 1, 0);
		}
		assertThat(sums(79)).containsExactly(70, 0);
		assertThat(sums(5000)).containsExactly(0, 0);
		count(5000, 1, 1);
		assertThat(sums(5001)).containsExactly(0, 1);
	}

	@Test
	void itTellsOverHowLongItCounted() {
		assertThat(this.counts.coveredNanos(START + 5 * SECOND)).isEqualTo(5 * SECOND);
		assertThat(this.counts.coveredNanos(START + 64 * SECOND)).isEqualTo(64 * SECOND);
		assertThat(this.counts.coveredNanos(START + 1000 * SECOND)).isEqualTo(60 * SECOND);
		assertThat(this.counts.coveredNanos(START + 1009 * SECOND)).isEqualTo(69 * SECOND);
	}

	private void count(int second, long amount, int counter) {
		this.counts.add(this.counts.place(START + second * SECOND), counter, amount);
	}

	private long[] sums(int second) {
		long now = START + second * SECOND;
		return new long[] { this.counts.sum(0, now), this.counts.sum(1, now) };
	}

}
