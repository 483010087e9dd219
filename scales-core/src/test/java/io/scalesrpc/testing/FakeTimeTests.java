package io.scalesrpc.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.time.Timer.Timeout;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class FakeTimeTests {

	private final FakeTime time = new FakeTime();

	private final List<String> ran = new ArrayList<>();

	@Test
	void dueTasksRunInTheOrderOfTheirTimesAndOfTheirScheduling() {
		after("b", 2);
		after("c", 2);
		after("a", 1);
		after("later", 4);
		this.time.advance(Duration.ofSeconds(3));
		assertThat(this.ran).containsExactly("a", "b", "c");
		assertThat(this.time.pendingTimeouts()).isEqualTo(1);
	}

	@Test
	void aTaskSeesItsOwnTimeAndMayScheduleAnotherWithinTheSameAdvance() {
		long start = this.time.nanos();
		this.time.schedule(() -> {
			this.ran.add("at " + (this.time.nanos() - start));
			after("next", 1);
		}, 1, TimeUnit.SECONDS);
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.ran).containsExactly("at 1000000000", "next");
		assertThat(this.time.nanos() - start).isEqualTo(2_000_000_000L);
	}

	@Test
	void aCancelledTaskDoesNotRunAndIsCancelledOnce() {
		Timeout timeout = after("never", 1);
		assertThat(timeout.cancel()).isTrue();
		assertThat(timeout.cancel()).isFalse();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.ran).isEmpty();
	}

	@Test
	void aTaskThatRanCannotBeCancelled() {
		Timeout timeout = after("ran", 0);
		this.time.advance(Duration.ZERO);
		assertThat(this.ran).containsExactly("ran");
		assertThat(timeout.cancel()).isFalse();
	}

	@Test
	void itsReadingsWrapAroundAfterASecond() {
		assertThat(this.time.nanos()).isPositive();
		this.time.advance(Duration.ofSeconds(2));
		assertThat(this.time.nanos()).isNegative();
	}

	private Timeout after(String name, long seconds) {
		return this.time.schedule(() -> this.ran.add(name), seconds, TimeUnit.SECONDS);
	}

}
