package io.scalesrpc.balancer.node;

import java.time.Duration;

import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.dispatch.BalancerFixture;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How members begin, whatever the way of choosing. <em>Confined to the test's
 * thread.</em>
 */
class SlowStartTests {

	private static final Duration GAP = Duration.ofMillis(1);

	@ParameterizedTest
	@EnumSource
	void theShareOfANewMemberRises(BalancerType type) {
		BalancerFixture fixture = fixture(type, 3);
		assertThat(share(fixture, 3, Duration.ofSeconds(1))).as("those of the beginning have theirs at once")
			.isBetween(250, 420);
		fixture.of(4);
		fixture.behave(4, 4, Reply.EMPTY);
		int first = share(fixture, 4, Duration.ofSeconds(2));
		int second = share(fixture, 4, Duration.ofSeconds(6)) - first;
		int third = share(fixture, 4, Duration.ofSeconds(4)) - first - second;
		assertThat(first).as("of 2000, a quarter would be 500").isBetween(20, 200);
		assertThat(third).as("of 4000, a quarter would be 1000").isBetween(700, 1200);
	}

	@ParameterizedTest
	@EnumSource
	void aMemberThatWasDownForLongBeginsAgain(BalancerType type) {
		BalancerFixture fixture = fixture(type, 3);
		away(fixture, SinkState.CLOSED, Duration.ofSeconds(20));
		assertThat(during(fixture, Duration.ofSeconds(1))).as("of 1000").isBetween(5, 120);
		fixture.dispatchEvery(GAP, Duration.ofSeconds(10));
		assertThat(during(fixture, Duration.ofSeconds(1))).as("of 1000").isBetween(230, 430);
	}

	@ParameterizedTest
	@EnumSource
	void aMemberThatWasDownForAMomentTakesAsLong(BalancerType type) {
		BalancerFixture fixture = fixture(type, 3);
		for (int i = 0; i < 3; i++) {
			away(fixture, SinkState.CLOSED, Duration.ofSeconds(2));
			assertThat(during(fixture, Duration.ofMillis(200))).as("of 200").isBetween(1, 40);
			fixture.dispatchEvery(GAP, Duration.ofMillis(1800));
			assertThat(during(fixture, Duration.ofSeconds(1))).as("of 1000").isBetween(230, 430);
		}
	}

	@ParameterizedTest
	@EnumSource
	void aMemberThatWasBusyHasItsShareAtOnce(BalancerType type) {
		BalancerFixture fixture = fixture(type, 3);
		away(fixture, SinkState.BUSY, Duration.ofSeconds(2));
		assertThat(during(fixture, Duration.ofSeconds(1))).as("of 1000").isBetween(230, 430);
	}

	/** The calls that the third member gets during a time. */
	private static int during(BalancerFixture fixture, Duration time) {
		int before = fixture.count(3);
		return share(fixture, 3, time) - before;
	}

	private static void away(BalancerFixture fixture, SinkState state, Duration time) {
		fixture.dispatchEvery(GAP, Duration.ofMillis(100));
		fixture.sink(3).state(state);
		fixture.dispatchEvery(GAP, time);
		fixture.sink(3).state(SinkState.OPEN);
	}

	private static BalancerFixture fixture(BalancerType type, int members) {
		BalancerFixture fixture = new BalancerFixture(BalancerSettings.of(type).withSlowStart(Duration.ofSeconds(10)));
		fixture.of(members).behave(1, members, Reply.EMPTY);
		return fixture;
	}

	private static int share(BalancerFixture fixture, int member, Duration time) {
		fixture.dispatchEvery(GAP, time);
		return fixture.count(member);
	}

}
