package io.scalesrpc.http.http2;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.netty.channel.embedded.EmbeddedChannel;
import io.scalesrpc.http.message.HttpContext;
import io.scalesrpc.http.message.HttpOptions;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.transport.TransportLimits;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.PingPace;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class Http2PingsTests {

	private final FakeTime time = new FakeTime().mustEndEmpty();

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final List<String> dead = new ArrayList<>();

	private final Http2Pings pings = new Http2Pings(this.channel, context(),
			new PingPace(Duration.ofSeconds(5), new ConnectionStatus(10)), () -> this.sent++, this.dead::add);

	private int sent;

	private HttpContext context() {
		return new HttpContext(HttpOptions.of(Map.of()), () -> {
			throw new AssertionError("nothing is read");
		}, TransportLimits.DEFAULT, new ClientMetrics(new SimpleMeterRegistry(), "test", "http"), this.time, this.time);
	}

	@AfterEach
	void close() {
		this.pings.stop();
		this.channel.finishAndReleaseAll();
	}

	@Test
	void aConnectionThatNobodyCallsWakesTheLoopTwiceAMinute() {
		this.pings.start();
		wakesWithin(Duration.ofMinutes(1));
		int before = this.sent;
		assertThat(wakesWithin(Duration.ofMinutes(10))).isLessThanOrEqualTo(20);
		assertThat(this.sent - before).isBetween(19, 20);
		assertThat(this.dead).isEmpty();
	}

	@Test
	void theCallThatEndsARestBringsAPingThatMustBeAnswered() {
		this.pings.start();
		wakesWithin(Duration.ofMinutes(1));
		int before = this.sent;
		this.pings.called();
		this.pings.called();
		assertThat(this.sent - before).isEqualTo(1);
		advance(Duration.ofMillis(3999));
		assertThat(this.dead).isEmpty();
		advance(Duration.ofMillis(1));
		assertThat(this.dead).containsExactly("no answer to a ping within 4000 ms");
	}

	/** Every ping is answered at once. */
	private int wakesWithin(Duration duration) {
		long end = this.time.nanos() + duration.toNanos();
		int wakes = 0;
		while (this.time.nanos() + this.time.untilNext().toNanos() - end < 0) {
			int before = this.sent;
			advance(this.time.untilNext());
			wakes++;
			if (this.sent != before) {
				this.pings.pong();
			}
		}
		return wakes;
	}

	private void advance(Duration duration) {
		this.time.advance(duration);
		this.channel.runPendingTasks();
	}

}
