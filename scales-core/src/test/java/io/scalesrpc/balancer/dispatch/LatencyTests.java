package io.scalesrpc.balancer.dispatch;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members that are slow where few calls are in flight. <em>Confined to the test's
 * thread.</em>
 */
class LatencyTests {

	@ParameterizedTest
	@EnumSource(names = { "APERTURE", "DETERMINISTIC_APERTURE", "P2C_EWMA" })
	void aSlowMemberGetsHardlyAnyCallsThoughFewAreInFlight(BalancerType type) {
		BalancerFixture fixture = new BalancerFixture(type).of(10);
		fixture.behave(2, 10, (call) -> answer(fixture, call, 1));
		fixture.behave(1, 1, (call) -> answer(fixture, call, 50));
		fixture.dispatchEvery(Duration.ofNanos(500_000), Duration.ofSeconds(20));
		assertThat(fixture.count(1)).as("of 40000").isBetween(1, 100);
		fixture.time.advance(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@ValueSource(ints = { 20, 100, 400 })
	void aSlowMemberGetsHardlyAnyOfFewCalls(int perSecond) {
		BalancerFixture fixture = new BalancerFixture(BalancerType.APERTURE).of(12);
		fixture.behave(2, 12, (call) -> answer(fixture, call, 5));
		fixture.behave(1, 1, (call) -> answer(fixture, call, 50));
		Duration pace = Duration.ofSeconds(1).dividedBy(perSecond);
		fixture.dispatchEvery(pace, Duration.ofSeconds(20));
		int before = fixture.count(1);
		fixture.dispatchEvery(pace, Duration.ofSeconds(200));
		assertThat((fixture.count(1) - before) / (200.0 * perSecond)).isBetween(0.00005, 0.005);
		fixture.time.advance(Duration.ofSeconds(1));
	}

	@ParameterizedTest
	@EnumSource(names = { "APERTURE", "DETERMINISTIC_APERTURE" })
	void theSlowMemberAndTheFailingOneAreNoPairThatSomebodyHasToTake(BalancerType type) {
		BalancerFixture fixture = new BalancerFixture(type).of(10);
		fixture.behave(3, 10, (call) -> answer(fixture, call, 1));
		fixture.behave(1, 1, (call) -> answer(fixture, call, 50));
		fixture.behave(2, 2, Failure.of(FailureKind.REMOTE, "fails"));
		fixture.dispatchEvery(Duration.ofNanos(500_000), Duration.ofSeconds(20));
		assertThat(fixture.count(1)).as("of 40000").isLessThan(200);
		assertThat(fixture.count(2)).as("trials ever more seldom").isBetween(1, 8);
		fixture.time.advance(Duration.ofSeconds(1));
	}

	@Test
	void aMemberThatIsFastAgainIsBackWithinTwentySeconds() {
		BalancerFixture fixture = new BalancerFixture(BalancerType.APERTURE).of(4);
		fixture.behave(2, 4, (call) -> answer(fixture, call, 1));
		fixture.behave(1, 1, (call) -> answer(fixture, call, 50));
		fixture.dispatchEvery(Duration.ofMillis(2), Duration.ofSeconds(10));
		fixture.behave(1, 1, (call) -> answer(fixture, call, 1));
		fixture.dispatchEvery(Duration.ofMillis(2), Duration.ofSeconds(20));
		int before = fixture.count(1);
		fixture.dispatchEvery(Duration.ofMillis(2), Duration.ofSeconds(4));
		assertThat(fixture.count(1) - before).as("of 2000").isBetween(400, 600);
		fixture.time.advance(Duration.ofSeconds(1));
	}

	@Test
	void ofFewCallsAMemberThatIsFastAgainGetsItsShareWithinTwentySeconds() {
		BalancerFixture fixture = new BalancerFixture(BalancerType.APERTURE).of(12);
		fixture.behave(2, 12, (call) -> answer(fixture, call, 5));
		fixture.behave(1, 1, (call) -> answer(fixture, call, 50));
		fixture.dispatchEvery(Duration.ofMillis(50), Duration.ofSeconds(60));
		fixture.behave(1, 1, (call) -> answer(fixture, call, 5));
		fixture.dispatchEvery(Duration.ofMillis(50), Duration.ofSeconds(24));
		int before = fixture.count(1);
		fixture.dispatchEvery(Duration.ofMillis(50), Duration.ofSeconds(60));
		assertThat(fixture.count(1) - before).as("of 1200").isBetween(60, 140);
		fixture.time.advance(Duration.ofSeconds(1));
	}

	@Test
	void heavyCallsDoNotMakeAMemberLookSlow() {
		BalancerFixture fixture = new BalancerFixture(BalancerType.APERTURE).of(4);
		fixture.behave(1, 4, (call) -> answer(fixture, call, call.method().equals(BalancerFixture.HEAVY) ? 200 : 1));
		for (int i = 0; i < 2000; i++) {
			if (i % 20 == 0) {
				fixture.dispatch(BalancerFixture.HEAVY);
			}
			fixture.dispatchEvery(Duration.ofMillis(10), Duration.ofMillis(10));
		}
		fixture.time.advance(Duration.ofSeconds(1));
		for (int member = 1; member <= 4; member++) {
			assertThat(fixture.count(member)).as("of 2100").isBetween(420, 630);
		}
	}

	@Test
	void aMemberThatNeverAnswersIsSlow() {
		BalancerFixture fixture = new BalancerFixture(BalancerType.APERTURE).of(4);
		fixture.behave(2, 4, (call) -> answer(fixture, call, 1));
		fixture.behave(1, 1, (call) -> fixture.time
			.schedule(() -> call.end(Failure.of(FailureKind.CANCELLED, "given up")), 50, TimeUnit.MILLISECONDS));
		fixture.dispatchEvery(Duration.ofMillis(2), Duration.ofSeconds(10));
		assertThat(fixture.count(1)).as("of 5000").isLessThan(50);
		fixture.time.advance(Duration.ofSeconds(1));
	}

	private static void answer(BalancerFixture fixture, Call call, int millis) {
		fixture.time.schedule(() -> call.end(Reply.EMPTY), millis, TimeUnit.MILLISECONDS);
	}

}
