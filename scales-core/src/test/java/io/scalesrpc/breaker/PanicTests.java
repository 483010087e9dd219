package io.scalesrpc.breaker;

import java.time.Duration;

import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.MeterNames;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How many members may be out at once. <em>Confined to the test's thread.</em>
 */
class PanicTests {

	@Test
	void theOnlyMemberIsNeverOut() {
		BreakerFixture fixture = new BreakerFixture(1);
		fixture.takeOut(0);
		assertThat(fixture.states()).containsExactly(SinkState.OPEN);
		assertThat(fixture.breaker(0).problem()).contains("out for 5000 ms more", "overruled: more than half");
	}

	@Test
	void halfOfTheMembersMayBeOut() {
		BreakerFixture fixture = new BreakerFixture(4);
		fixture.takeOut(0, 1);
		assertThat(fixture.states()).containsExactly(SinkState.BUSY, SinkState.BUSY, SinkState.OPEN, SinkState.OPEN);
		assertThat(fixture.meter(MeterNames.BREAKER_PANIC)).isZero();
	}

	@Test
	void whenMoreThanHalfAreOutNobodyIs() {
		BreakerFixture fixture = new BreakerFixture(4);
		fixture.takeOut(0, 1, 2);
		assertThat(fixture.states()).containsOnly(SinkState.OPEN);
		assertThat(fixture.meter(MeterNames.BREAKER_PANIC)).isOne();
		assertThat(fixture.meter(MeterNames.BREAKER_OUT)).isEqualTo(3);
	}

	@Test
	void panicEndsWithTheFirstProbeThatIsAnswered() {
		BreakerFixture fixture = new BreakerFixture(4);
		fixture.takeOut(0, 1);
		fixture.seconds(4);
		fixture.takeOut(2);
		assertThat(fixture.states()).containsOnly(SinkState.OPEN);
		fixture.seconds(1);
		fixture.answer(0, 1);
		assertThat(fixture.state(2)).isEqualTo(SinkState.BUSY);
		assertThat(fixture.meter(MeterNames.BREAKER_PANIC)).isZero();
	}

	@Test
	void membersThatAreDownByThemselvesCountWithinATenthOfASecond() {
		BreakerFixture fixture = new BreakerFixture(4);
		fixture.takeOut(0);
		assertThat(fixture.state(0)).isEqualTo(SinkState.BUSY);
		fixture.member(1).state(SinkState.CLOSED);
		fixture.member(2).state(SinkState.CLOSED);
		fixture.advance(Duration.ofMillis(100));
		assertThat(fixture.state(0)).isEqualTo(SinkState.OPEN);
		fixture.member(2).state(SinkState.OPEN);
		fixture.advance(Duration.ofMillis(100));
		assertThat(fixture.state(0)).isEqualTo(SinkState.BUSY);
	}

	@Test
	void aMemberThatIsOutAndDownCountsOnce() {
		BreakerFixture fixture = new BreakerFixture(4);
		fixture.takeOut(0, 1);
		fixture.member(0).state(SinkState.CLOSED);
		fixture.advance(Duration.ofMillis(100));
		assertThat(fixture.states()).containsExactly(SinkState.CLOSED, SinkState.BUSY, SinkState.OPEN, SinkState.OPEN);
	}

	@Test
	void membersThatAreMerelyDownAreNoPanic() {
		BreakerFixture fixture = new BreakerFixture(2);
		fixture.member(0).state(SinkState.CLOSED);
		fixture.member(1).state(SinkState.CLOSED);
		fixture.advance(Duration.ofMillis(100));
		assertThat(fixture.meter(MeterNames.BREAKER_PANIC)).isZero();
	}

	@Test
	void membersThatLeaveAndComeChangeWhatHalfIs() {
		BreakerFixture fixture = new BreakerFixture(2);
		fixture.takeOut(0);
		assertThat(fixture.state(0)).isEqualTo(SinkState.BUSY);
		fixture.breaker(1).close(Duration.ZERO);
		assertThat(fixture.state(0)).isEqualTo(SinkState.OPEN);
		fixture.add();
		assertThat(fixture.state(0)).isEqualTo(SinkState.BUSY);
	}

	@Test
	void whatOperatorsTookOutIsNoReasonForPanic() {
		BreakerFixture fixture = new BreakerFixture(4);
		fixture.breakers.takeOut(BreakerFixture.address(0), true, null, "alice");
		fixture.breakers.takeOut(BreakerFixture.address(1), false, null, "alice");
		fixture.takeOut(2);
		assertThat(fixture.states()).containsExactly(SinkState.CLOSED, SinkState.BUSY, SinkState.BUSY, SinkState.OPEN);
		assertThat(fixture.meter(MeterNames.BREAKER_PANIC)).isZero();
		assertThat(fixture.meter(MeterNames.BREAKER_OUT)).isEqualTo(3);
	}

	@Test
	void theLastOneThatOperatorsLeftIsNeverOut() {
		BreakerFixture fixture = new BreakerFixture(3);
		fixture.breakers.takeOut(BreakerFixture.address(0), true, null, "alice");
		fixture.breakers.takeOut(BreakerFixture.address(1), true, null, "alice");
		fixture.takeOut(2);
		assertThat(fixture.states()).containsExactly(SinkState.CLOSED, SinkState.CLOSED, SinkState.OPEN);
		assertThat(fixture.meter(MeterNames.BREAKER_PANIC)).isOne();
	}

	@Test
	void aMemberThatLeftIsNotOut() {
		BreakerFixture fixture = new BreakerFixture(3);
		fixture.takeOut(0);
		fixture.breaker(0).close(Duration.ZERO);
		assertThat(fixture.meter(MeterNames.BREAKER_OUT)).isZero();
	}

}
