package io.scalesrpc.circuitbreaker;

import java.time.Duration;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Shares of failed and of slow calls.
 */
class RatesTests {

	private static final FailureRate HALF = new FailureRate(0.5, Duration.ofSeconds(10), 10);

	private static final CircuitBreakerSettings SETTINGS = CircuitBreakerSettings.DEFAULT.withFailMax(100);

	@Test
	void opensWhenTheShareOfFailedCallsIsReached() {
		BreakerFixture fixture = new BreakerFixture(SETTINGS.withFailureRate(HALF));
		fixture.answer(5);
		fixture.fail(4);
		assertThat(fixture.state()).isEqualTo(CircuitState.CLOSED);
		assertThat(fixture.view().failureRate()).isEqualTo(4.0 / 9);
		fixture.fail(1);
		assertThat(fixture.refusal()).isEqualTo(
				"circuit breaker open for 30000 ms more: 5 of 10 calls within 10 s failed (last: REMOTE overloaded)");
	}

	@Test
	void tooFewCallsSayNothing() {
		BreakerFixture fixture = new BreakerFixture(SETTINGS.withFailureRate(HALF));
		fixture.fail(9);
		assertThat(fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void whatIsOlderThanTheWindowIsForgotten() {
		BreakerFixture fixture = new BreakerFixture(SETTINGS.withFailureRate(HALF));
		fixture.fail(9);
		fixture.seconds(10);
		fixture.fail(1);
		assertThat(fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void opensWhenTooManyCallsAreSlowAnsweredOrNot() {
		BreakerFixture fixture = slow();
		for (int i = 0; i < 5; i++) {
			fixture.answer(1);
			take(fixture, Duration.ofMillis(200), i);
		}
		assertThat(fixture.refusal())
			.isEqualTo("circuit breaker open for 30000 ms more: 5 of 10 calls within 10 s took 200 ms or longer");
		assertThat(fixture.view().slowCallRate()).isNull();
	}

	@Test
	void fastCallsDoNotOpen() {
		BreakerFixture fixture = slow();
		for (int i = 0; i < 30; i++) {
			take(fixture, Duration.ofMillis(199), 0);
		}
		assertThat(fixture.state()).isEqualTo(CircuitState.CLOSED);
		assertThat(fixture.view().slowCallRate()).isZero();
		assertThat(fixture.view().failureRate()).isNull();
	}

	@Test
	void aProbeThatIsSlowOpensAgain() {
		BreakerFixture fixture = slow();
		fixture.breakers.set("*", CircuitState.HALF_OPEN, "alice");
		take(fixture, Duration.ofMillis(200), 0);
		assertThat(fixture.refusal()).isEqualTo("circuit breaker open for 30000 ms more: a probe was slow");
	}

	private static BreakerFixture slow() {
		return new BreakerFixture(SETTINGS.withFailureRate(new FailureRate(null, Duration.ofSeconds(10), 10))
			.withSlowCalls(new SlowCalls(Duration.ofMillis(200), 0.5)));
	}

	private static void take(BreakerFixture fixture, Duration duration, int number) {
		Call call = fixture.send();
		fixture.time.advance(duration);
		call.end((number % 2 == 0) ? Reply.EMPTY : BreakerFixture.FAILED);
	}

}
