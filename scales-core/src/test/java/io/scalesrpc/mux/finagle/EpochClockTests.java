package io.scalesrpc.mux.finagle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;

import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EpochClockTests {

	private static final Instant START = Instant.ofEpochSecond(1000, 5);

	private final FakeTime time = new FakeTime();

	private final WallClock wall = new WallClock();

	private final EpochClock clock = new EpochClock(this.time, this.wall);

	@Test
	void itFollowsTheTickerToTheNanosecond() {
		assertThat(this.clock.at(this.time.nanos())).isEqualTo(1_000_000_000_005L);
		this.time.advance(Duration.ofNanos(7));
		assertThat(this.clock.at(this.time.nanos())).isEqualTo(1_000_000_000_012L);
		assertThat(this.wall.reads).isOne();
	}

	@Test
	void aWallClockThatJumpsIsFollowedWithinASecond() {
		this.clock.at(this.time.nanos());
		this.time.advance(Duration.ofMillis(600));
		this.wall.now = START.plusSeconds(3600);
		assertThat(this.clock.at(this.time.nanos())).isEqualTo(1_000_600_000_005L);
		this.time.advance(Duration.ofMillis(401));
		assertThat(this.clock.at(this.time.nanos())).isEqualTo(4600_000_000_005L);
		assertThat(this.wall.reads).isEqualTo(2);
	}

	private static final class WallClock extends Clock {

		private Instant now = START;

		private int reads;

		@Override
		public Instant instant() {
			this.reads++;
			return this.now;
		}

		@Override
		public ZoneId getZone() {
			return ZoneOffset.UTC;
		}

		@Override
		public Clock withZone(ZoneId zone) {
			return this;
		}

	}

}
