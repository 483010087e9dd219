package io.scalesrpc.redis.connection;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.LongAdder;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.redis.RedisSettings;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.transport.TransportLimits;
import io.scalesrpc.transport.channel.ConnectionStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SilenceWatchTests {

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final ConnectionStatus status = new ConnectionStatus(10);

	private final SilenceWatch watch = new SilenceWatch(new SessionTerms(RedisSettings.DEFAULT, TransportLimits.DEFAULT,
			new ClientMetrics(new SimpleMeterRegistry(), "test", "redis"), this.time, this.time, new Random(1),
			new LongAdder()), this.channel.eventLoop(), this.status, () -> this.asked++, () -> this.dead++);

	private int asked;

	private int dead;

	@AfterEach
	void close() {
		this.watch.stop();
		this.channel.finishAndReleaseAll();
	}

	@Test
	void aSilentServerIsAskedAfterTheIntervalAndGivenUpAfterTheTimeout() {
		this.watch.start();
		advance(Duration.ofSeconds(5));
		assertThat(this.asked).isEqualTo(1);
		advance(Duration.ofMillis(3999));
		assertThat(this.dead).isZero();
		advance(Duration.ofMillis(1));
		assertThat(this.dead).isEqualTo(1);
		advance(Duration.ofMinutes(1));
		assertThat(this.dead).isEqualTo(1);
	}

	@Test
	void aServerThatIsHeardIsNotAsked() {
		this.watch.start();
		for (int i = 0; i < 100; i++) {
			advance(Duration.ofSeconds(3));
			this.watch.called();
			this.watch.heard();
		}
		assertThat(this.asked).isZero();
		assertThat(this.time.pendingTimeouts()).isEqualTo(1);
	}

	@Test
	void aConnectionThatNobodyCallsWakesTheLoopTwiceAMinute() {
		this.watch.start();
		wakesWithin(Duration.ofMinutes(1));
		int before = this.asked;
		assertThat(wakesWithin(Duration.ofMinutes(10))).isLessThanOrEqualTo(20);
		assertThat(this.asked - before).isBetween(19, 20);
		assertThat(this.dead).isZero();
	}

	@Test
	void theCommandThatEndsARestBringsAPingThatMustBeAnswered() {
		this.watch.start();
		wakesWithin(Duration.ofMinutes(1));
		int before = this.asked;
		this.watch.called();
		this.watch.called();
		assertThat(this.asked - before).isEqualTo(1);
		advance(Duration.ofSeconds(4));
		assertThat(this.dead).isEqualTo(1);
	}

	@Test
	void aCommandThatIsNotAnsweredKeepsTheConnectionFromResting() {
		this.status.begin();
		this.watch.start();
		wakesWithin(Duration.ofMinutes(1));
		int before = this.asked;
		wakesWithin(Duration.ofMinutes(1));
		assertThat(this.asked - before).isGreaterThanOrEqualTo(11);
		this.status.finished();
	}

	@Test
	void callsThatTimeOutInARowAskAtOnce() {
		this.watch.start();
		this.watch.callTimedOut();
		this.watch.callTimedOut();
		assertThat(this.asked).isZero();
		this.watch.callTimedOut();
		this.watch.callTimedOut();
		assertThat(this.asked).isEqualTo(1);
	}

	/** Every ping is answered at once. */
	private int wakesWithin(Duration duration) {
		long end = this.time.nanos() + duration.toNanos();
		int wakes = 0;
		while (this.time.nanos() + this.time.untilNext().toNanos() - end < 0) {
			int before = this.asked;
			advance(this.time.untilNext());
			wakes++;
			if (this.asked != before) {
				this.watch.heard();
			}
		}
		return wakes;
	}

	private void advance(Duration duration) {
		this.time.advance(duration);
		this.channel.runPendingTasks();
	}

}
