package io.scalesrpc.transport.channel;

import java.time.Duration;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PingPaceTests {

	/** At a moment that all share. */
	private static final long NOW = Duration.ofHours(1).toNanos();

	private final ConnectionStatus status = new ConnectionStatus(10);

	private final PingPace pace = new PingPace(Duration.ofSeconds(5), this.status);

	@Test
	void theFirstPingsAndThoseOfAConnectionWithCallsAreAnIntervalApart() {
		assertThat(this.pace.next(NOW, 0)).isEqualTo(seconds(5));
		for (int i = 0; i < 10; i++) {
			assertThat(this.pace.called()).isFalse();
			assertThat(this.pace.next(NOW, 0)).isEqualTo(seconds(5));
		}
	}

	@Test
	void nobodyCallsAndItIsPingedEverySixIntervals() {
		this.pace.called();
		assertThat(this.pace.next(NOW, 0)).isEqualTo(seconds(5));
		assertThat(this.pace.next(NOW, 0)).isEqualTo(seconds(30));
		assertThat(this.pace.next(NOW, seconds(1))).isEqualTo(seconds(29));
	}

	@Test
	void theCallThatEndsARestAsksForAPingAndTheNextOnesDoNot() {
		this.pace.next(NOW, 0);
		this.pace.next(NOW, 0);
		assertThat(this.pace.called()).isTrue();
		assertThat(this.pace.next(NOW, 0)).isEqualTo(seconds(5));
		assertThat(this.pace.called()).isFalse();
	}

	@Test
	void aCallThatIsNotAnsweredYetKeepsTheConnectionFromResting() {
		this.status.begin();
		for (int i = 0; i < 10; i++) {
			assertThat(this.pace.next(NOW, 0)).isEqualTo(seconds(5));
		}
		this.status.finished();
		assertThat(this.pace.next(NOW, 0)).isEqualTo(seconds(30));
	}

	@Test
	void aRestIsHalfAMinuteAtMostUnlessTheIntervalIsLonger() {
		assertThat(rest(Duration.ofSeconds(20))).isEqualTo(seconds(30));
		assertThat(rest(Duration.ofMinutes(2))).isEqualTo(seconds(120));
		assertThat(rest(Duration.ofDays(30_000))).isPositive();
	}

	private long rest(Duration interval) {
		PingPace idle = new PingPace(interval, this.status);
		idle.next(0, 0);
		return idle.next(0, 0);
	}

	@Test
	void withoutPingsNobodyAsksForOne() {
		PingPace none = new PingPace(Duration.ZERO, this.status);
		assertThat(none.isOn()).isFalse();
		assertThat(none.called()).isFalse();
	}

	private static long seconds(int seconds) {
		return Duration.ofSeconds(seconds).toNanos();
	}

}
