package io.scalesrpc.admission;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.timeout.DeadlineFilter;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls with a timeout of 500 ms to a server that can answer 800 a second, in virtual
 * time; see decision 20. <em>Confined to the test's thread.</em>
 */
class AdaptiveLimitSimulationTests {

	private static final CallFilter NO_LIMIT = (call, next) -> next.dispatch(call);

	private final FakeTime time = new FakeTime();

	private final RandomGenerator random = ScriptedRandom.seeded(7);

	private final QueueingServer server = new QueueingServer(this.time, this.random);

	private final CallFilter adaptive = new ConcurrencyLimitFilter(ConcurrencyLimitSettings.adaptive(0),
			new ClientMetrics(new SimpleMeterRegistry(), "calculator", "thriftmux"), this.time, this.random);

	private int answered;

	@Test
	void twiceTheLoadThatAServerCanBearLeavesItsAnswersInTime() {
		assertThat(perSecond(NO_LIMIT, 1600, 20)).isLessThan(50);
		this.time.advance(Duration.ofMinutes(2));
		call(this.adaptive, 1600, 10);
		assertThat(perSecond(this.adaptive, 1600, 20)).isGreaterThan(750);
	}

	@Test
	void aServerThatWasSlowForAWhileRecovers() {
		call(this.adaptive, 480, 10);
		this.server.serviceTime(Duration.ofMillis(50));
		assertThat(perSecond(this.adaptive, 480, 20)).isGreaterThan(120);
		this.server.serviceTime(Duration.ofMillis(10));
		call(this.adaptive, 480, 2);
		assertThat(perSecond(this.adaptive, 480, 20)).isGreaterThan(460);
	}

	@Test
	void withoutALimitItDoesNot() {
		call(NO_LIMIT, 480, 10);
		this.server.serviceTime(Duration.ofMillis(50));
		call(NO_LIMIT, 480, 20);
		this.server.serviceTime(Duration.ofMillis(10));
		call(NO_LIMIT, 480, 2);
		assertThat(perSecond(NO_LIMIT, 480, 15)).isLessThan(50);
	}

	private int perSecond(CallFilter filter, int perSecond, int seconds) {
		int before = this.answered;
		call(filter, perSecond, seconds);
		return (this.answered - before) / seconds;
	}

	/** Calls by chance, at a mean pace. */
	private void call(CallFilter filter, int perSecond, int seconds) {
		Sink stack = new DeadlineFilter(this.time, this.time).over(filter.over(this.server));
		long end = this.time.nanos() + Duration.ofSeconds(seconds).toNanos();
		while (this.time.nanos() - end < 0) {
			long pause = (long) (-Math.log(1 - this.random.nextDouble()) * 1e9 / perSecond);
			this.time.advance(Duration.ofNanos(pause));
			Call call = Calls.unwatched(this.time, Duration.ofMillis(500));
			call.onOutcome((ended, outcome) -> this.answered += (outcome instanceof Reply) ? 1 : 0);
			stack.dispatch(call);
		}
	}

}
