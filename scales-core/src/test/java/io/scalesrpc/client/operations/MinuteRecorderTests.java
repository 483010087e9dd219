package io.scalesrpc.client.operations;

import java.time.Duration;
import java.util.Map;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.Event;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What a client tells of its last minute.
 */
class MinuteRecorderTests {

	private final FakeTime time = new FakeTime();

	private final MinuteRecorder recorder = new MinuteRecorder(this.time);

	@Test
	void aClientWithoutCallsHasNoLatency() {
		this.time.advance(Duration.ofSeconds(5));
		assertThat(this.recorder.lastMinute())
			.isEqualTo(new LastMinute(Duration.ofSeconds(5), 0, null, null, Map.of(), 0, 0, 0, 0));
	}

	@Test
	void latenciesAreKnownToAQuarterOfAPowerOfTwoAndNeverTooGood() {
		for (long micros : new long[] { 1, 20, 500, 7_300, 90_000, 1_000_000, 60_000_000 }) {
			MinuteRecorder one = new MinuteRecorder(this.time);
			one.ended(Reply.of(null), Duration.ofNanos(micros * 1000).toNanos(), this.time.nanos());
			Duration p99 = one.lastMinute().p99();
			assertThat(p99).isNotNull();
			assertThat(p99.toNanos()).isGreaterThanOrEqualTo(micros * 1000)
				.isLessThanOrEqualTo(Math.max(16_384, micros * 1250));
		}
	}

	@Test
	void percentilesAndFailuresAreThoseOfTheLastMinute() {
		for (int i = 0; i < 97; i++) {
			end(Reply.of(null), 1);
		}
		end(Failure.of(FailureKind.TIMEOUT, "late"), 500);
		end(Failure.of(FailureKind.TIMEOUT, "late"), 500);
		end(Failure.of(FailureKind.NOT_SENT, "refused"), 500);
		LastMinute minute = this.recorder.lastMinute();
		assertThat(minute.calls()).isEqualTo(100);
		assertThat(minute.failures()).isEqualTo(Map.of(FailureKind.TIMEOUT, 2L, FailureKind.NOT_SENT, 1L));
		assertThat(minute.p50()).isBetween(Duration.ofMillis(1), Duration.ofNanos(1_250_000));
		assertThat(minute.p99()).isBetween(Duration.ofMillis(500), Duration.ofMillis(625));
		this.time.advance(Duration.ofSeconds(75));
		assertThat(this.recorder.lastMinute().calls()).isZero();
	}

	@Test
	void whatMeansTroubleIsCounted() {
		this.recorder.happened(Event.RETRIED_REMOTE);
		this.recorder.happened(Event.RETRIED_NOT_SENT);
		this.recorder.happened(Event.BUDGET_EXHAUSTED);
		this.recorder.happened(Event.WITHHELD);
		this.recorder.happened(Event.OVER_LIMIT);
		this.recorder.happened(Event.ATTEMPT);
		assertThat(this.recorder.lastMinute())
			.isEqualTo(new LastMinute(Duration.ZERO, 0, null, null, Map.of(), 2, 1, 1, 1));
	}

	private void end(Outcome outcome, long millis) {
		this.recorder.ended(outcome, Duration.ofMillis(millis).toNanos(), this.time.nanos());
	}

}
