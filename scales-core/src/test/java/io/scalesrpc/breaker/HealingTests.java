package io.scalesrpc.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How soon a member is back that has healed, whatever it did before. <em>Confined to the
 * test's thread.</em>
 */
class HealingTests {

	private static final Duration STEP = Duration.ofMillis(50);

	private static final Duration LONGEST_CALL = Duration.ofSeconds(1);

	private static final Outcome[] OUTCOMES = { Reply.EMPTY, BreakerFixture.TIMEOUT, BreakerFixture.OVERLOADED,
			BreakerFixture.TIMEOUT, Failure.of(FailureKind.CANCELLED, "gave up"),
			Failure.of(FailureKind.CONNECTION_LOST, "lost"), Failure.of(FailureKind.INTERNAL, "cannot be encoded"),
			Failure.declared(new IllegalStateException("no such item")), BreakerFixture.OVERLOADED };

	/** Members 1 and 2 are well, so that there is no panic. */
	private BreakerFixture fixture = new BreakerFixture(3);

	@ParameterizedTest
	@ValueSource(longs = { 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12 })
	void aMemberThatHealsIsBackWithinTwentySecondsAndOneProbe(long seed) {
		RandomGenerator random = ScriptedRandom.seeded(seed);
		this.fixture = new BreakerFixture(3, BreakerFixture.SLOW_TO_HEAL, random);
		for (int round = 0; round < 10; round++) {
			behaveBadly(random, 50 + random.nextInt(1000));
			Duration healed = Duration.ZERO;
			while (isOut()) {
				healed = healed.plus(STEP);
				tryOnce(Reply.EMPTY);
			}
			assertThat(healed).isLessThanOrEqualTo(Duration.ofSeconds(20).plus(LONGEST_CALL).plus(STEP));
		}
	}

	@Test
	void aMemberThatNeverHealsIsProbedAtMostOnceIn10Seconds() {
		this.fixture = new BreakerFixture(3, BreakerFixture.SLOW_TO_HEAL, ScriptedRandom.seeded(3));
		this.fixture.takeOut(0);
		for (int i = 0; i < 600 * 20; i++) {
			tryOnce(BreakerFixture.TIMEOUT);
		}
		assertThat(this.fixture.member(0).calls()).hasSizeBetween(5 + 600 / 21, 5 + 600 / 10 + 1);
	}

	/** Calls that come at any time, whoever they are sent by, and end as they like. */
	private void behaveBadly(RandomGenerator random, int steps) {
		List<Call> held = new ArrayList<>();
		for (int i = 0; i < steps; i++) {
			if (this.fixture.state(0).isAvailable() || random.nextInt(10) == 0) {
				held.add(this.fixture.send(0));
			}
			if (held.size() > LONGEST_CALL.dividedBy(STEP)) {
				held.remove(random.nextInt(held.size())).end(OUTCOMES[random.nextInt(OUTCOMES.length)]);
			}
			this.fixture.advance(STEP);
		}
		held.forEach((call) -> call.end(OUTCOMES[random.nextInt(OUTCOMES.length)]));
	}

	/** What a balancer does: who looks available is called. */
	private void tryOnce(Outcome outcome) {
		this.fixture.advance(STEP);
		if (this.fixture.state(0).isAvailable()) {
			this.fixture.end(0, 1, outcome);
		}
	}

	private boolean isOut() {
		return !this.fixture.breaker(0).problem().isEmpty();
	}

}
