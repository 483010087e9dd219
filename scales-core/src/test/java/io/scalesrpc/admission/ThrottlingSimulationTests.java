package io.scalesrpc.admission;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Throttling against servers with a capacity, in virtual time; the numbers of decision
 * 19. <em>Confined to the test's thread.</em>
 */
class ThrottlingSimulationTests {

	private static final CallFilter NO_FILTER = (call, next) -> next.dispatch(call);

	private final FakeTime time = new FakeTime();

	private final ServersWithCapacity servers = new ServersWithCapacity(this.time, 1e6);

	private final CallFilter throttling = new ThrottlingFilter(ThrottlingSettings.DEFAULT,
			new ClientMetrics(new SimpleMeterRegistry(), "calculator", "thriftmux"), this.time,
			ScriptedRandom.seeded(7));

	/** The trigger, its removal, and recovery on demand. */
	@ParameterizedTest
	@ValueSource(ints = { 2, 30, 300 })
	void serversThatRefusedEverythingGetAllCallsAgainTwoSecondsAfterTheyHeal(int seconds) {
		call(this.throttling, 500, 10);
		this.servers.canDo(0.001);
		int before = this.servers.seen();
		call(this.throttling, 500, seconds);
		int seen = this.servers.seen() - before;
		this.servers.canDo(1e6);
		int lastWithheldMillis = 0;
		for (int millis = 0; millis < 10_000; millis += 20) {
			if (call(this.throttling, 500, Duration.ofMillis(20)) < 10) {
				lastWithheldMillis = millis + 20;
			}
		}
		assertThat(lastWithheldMillis).isLessThan(2000);
		if (seconds >= 30) {
			assertThat(seen).isBetween(seconds * 125, seconds * 180);
		}
	}

	@Test
	void serversGetMoreWorkDoneWhenTheyHaveLessToRefuse() {
		this.servers.canDo(100);
		call(NO_FILTER, 1000, 20);
		int without = this.servers.accepted;
		call(this.throttling, 1000, 10);
		int before = this.servers.accepted;
		call(this.throttling, 1000, 20);
		int with = this.servers.accepted - before;
		assertThat(without).isLessThan(1200);
		assertThat(with).isGreaterThan(1600);
	}

	@Test
	void aCallerWhoComesRarelyIsNeverThrottled() {
		this.servers.canDo(0.001);
		call(this.throttling, 4, 60);
		assertThat(this.servers.seen()).isEqualTo(240);
	}

	/** Calls at an even pace; how many were answered. */
	private int call(CallFilter filter, int perSecond, int seconds) {
		return call(filter, perSecond, Duration.ofSeconds(seconds));
	}

	private int call(CallFilter filter, int perSecond, Duration duration) {
		Duration pause = Duration.ofNanos(1_000_000_000L / perSecond);
		int answered = 0;
		for (int i = 0; i < perSecond * duration.toMillis() / 1000; i++) {
			this.time.advance(pause);
			Call call = Calls.unwatched();
			filter.filter(call, this.servers);
			answered += (call.outcome() instanceof Reply) ? 1 : 0;
		}
		return answered;
	}

}
