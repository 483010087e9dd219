package io.scalesrpc.time;

import java.time.Duration;

import io.scalesrpc.time.SuccessWindow.Tally;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SuccessWindowTests {

	private static final long START = Long.MAX_VALUE - 5;

	private static final long SECOND = Duration.ofSeconds(1).toNanos();

	private final SuccessWindow window = new SuccessWindow(Duration.ofSeconds(30), START);

	@Test
	void remembersWhatEndedWithinTheWindow() {
		this.window.succeeded(START);
		this.window.failed(START + SECOND);
		this.window.succeeded(START + 29 * SECOND);
		assertThat(this.window.tally(START + 29 * SECOND)).isEqualTo(new Tally(3, 1));
	}

	@Test
	void forgetsASliceAtATime() {
		this.window.failed(START);
		this.window.failed(START + 3 * SECOND);
		assertThat(this.window.tally(START + 30 * SECOND)).isEqualTo(new Tally(1, 1));
		assertThat(this.window.tally(START + 33 * SECOND)).isEqualTo(new Tally(0, 0));
	}

	@Test
	void aSliceIsUsedAgainForAnotherTime() {
		this.window.failed(START);
		this.window.succeeded(START + 30 * SECOND);
		assertThat(this.window.tally(START + 30 * SECOND)).isEqualTo(new Tally(1, 0));
	}

	@Test
	void goesOnWhenTheNumbersOfItsSlicesWrap() {
		SuccessWindow fine = new SuccessWindow(Duration.ofSeconds(1), START);
		long slice = SECOND / 10;
		for (long number = (1L << 24) - 5; number < (1L << 24) + 5; number++) {
			fine.failed(START + number * slice);
			fine.succeeded(START + number * slice);
		}
		Tally tally = fine.tally(START + ((1L << 24) + 4) * slice);
		assertThat(tally.failures()).isGreaterThanOrEqualTo(5);
		assertThat(tally.calls()).isEqualTo(2 * tally.failures());
	}

	@Test
	void aSliceThatIsFullKeepsItsRatio() {
		for (int i = 0; i < 1 << 20; i++) {
			this.window.succeeded(START);
		}
		this.window.failed(START);
		assertThat(this.window.tally(START)).isEqualTo(new Tally((1 << 20) - 1, 0));
	}

}
