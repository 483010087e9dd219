package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.node.TimeAndChance;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Sink;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.transport.reconnect.ReconnectTerms;
import io.scalesrpc.transport.reconnect.Resurrector;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * When a client tries to connect while all its members refuse and calls wait for one. A
 * member that comes back is found by the next attempt: so they lie at even distances, and
 * are no more than two a second for each member. <em>Confined to the test's thread.</em>
 */
class MembersAwayTests {

	private static final Failure REFUSED = Failure.of(FailureKind.NOT_SENT, "refused");

	private static final int SECONDS = 20;

	private final FakeTime time = new FakeTime();

	private final FakeServerSet set = new FakeServerSet();

	/** When somebody was connected to, in nanoseconds. */
	private final List<Long> attempts = new ArrayList<>();

	@ParameterizedTest
	@CsvSource({ "1, 1, 570", "1, 2, 570", "2, 3, 480", "3, 4, 200", "5, 5, 140", "5, 6, 140", "5, 7, 140",
			"20, 8, 60" })
	void attemptsLieAtEvenDistances(int members, long seed, long mostMillis) {
		ReconnectTerms terms = new ReconnectTerms(Resurrector.backoff(ScriptedRandom.seeded(seed)), this.time,
				this.time, Runnable::run);
		Balancer balancer = new Balancer(this.set, BalancerSettings.of(BalancerType.P2C),
				(member) -> refusing(member, terms),
				new ClientMetrics(new SimpleMeterRegistry(), "calculator", "thriftmux"),
				new TimeAndChance(this.time, this.time, ScriptedRandom.seeded(seed), Runnable::run));
		balancer.open();
		this.set.tell(BalancerFixture.members(members));
		for (int i = 0; i < SECONDS * 100; i++) {
			balancer.dispatch(Calls.call(this.time, Duration.ofMillis(500)));
			this.time.advance(Duration.ofMillis(10));
		}
		assertThat(longestGap().toMillis()).isLessThanOrEqualTo(mostMillis);
		// and those at the beginning
		assertThat(this.attempts.size()).isLessThanOrEqualTo(members * (2 * SECONDS + 2));
		balancer.close(Duration.ZERO);
	}

	private Sink refusing(Member member, ReconnectTerms terms) {
		return new Resurrector(member, (target, listener) -> {
			this.attempts.add(this.time.nanos());
			listener.failed(REFUSED);
		}, terms);
	}

	/** From the third second on: until then those that have just failed wait. */
	private Duration longestGap() {
		long longest = 0;
		for (int i = 1; i < this.attempts.size(); i++) {
			if (this.attempts.get(i) - this.attempts.get(0) > Duration.ofSeconds(3).toNanos()) {
				longest = Math.max(longest, this.attempts.get(i) - this.attempts.get(i - 1));
			}
		}
		return Duration.ofNanos(longest);
	}

}
