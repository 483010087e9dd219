package io.scalesrpc.admission;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

class ThrottlingFilterTests {

	private static final Failure NACK = Failure.nack(FailureKind.NOT_SENT, "refused", false);

	private final FakeTime time = new FakeTime();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ScriptedRandom random = ScriptedRandom.of();

	private final ThrottlingFilter filter = new ThrottlingFilter(ThrottlingSettings.DEFAULT,
			new ClientMetrics(this.registry, "calculator", "thriftmux"), this.time, this.random);

	@Test
	void whatIsWithheldSaysWhyAndIsNotSentAgain() {
		calls(30, NACK);
		// the share is looked at ten times a second
		this.time.advance(Duration.ofMillis(100));
		this.random.then(0.74);
		FakeSink servers = FakeSink.ending(Reply.EMPTY);
		Call call = Calls.call();
		this.filter.filter(call, servers);
		assertThat(servers.calls()).isEmpty();
		assertThat(call.outcome()).isEqualTo(Failure.withheld("withheld from servers that refuse too many: "
				+ "30 of the 30 calls they answered in 4000 ms (expected: at most 50 %; throttling.threshold)"));
		assertThat(this.registry.get(MeterNames.THROTTLING_WITHHELD).counter().count()).isOne();
	}

	@Test
	void aCallThatWasRefusedAboveIsNotWithheldAndSaysNothingOfServers() {
		calls(30, NACK);
		this.time.advance(Duration.ofMillis(100));
		double before = share();
		Call refused = Calls.call();
		refused.end(Failure.of(FailureKind.REMOTE, "refused by a filter"));
		FakeSink servers = FakeSink.ending(Reply.EMPTY);
		for (int i = 0; i < 30; i++) {
			this.filter.filter(refused, servers);
		}
		assertThat(servers.calls()).hasSize(30);
		this.time.advance(Duration.ofMillis(100));
		assertThat(share()).isEqualTo(before);
		assertThat(this.registry.find(MeterNames.THROTTLING_WITHHELD).counters())
			.allSatisfy((counter) -> assertThat(counter.count()).isZero());
	}

	@Test
	void oneCallInFourGoesOutHoweverManyAreRefused() {
		calls(30, NACK);
		assertThat(share()).isEqualTo(0.75);
		this.random.then(0.75);
		assertThat(send(NACK).outcome()).isEqualTo(NACK);
	}

	@Test
	void theShareFollowsFromThatOfTheRefusals() {
		for (int i = 0; i < 10; i++) {
			calls(1, Reply.EMPTY);
			calls(1, Failure.of(FailureKind.REMOTE, "failed"));
			calls(3, NACK);
		}
		// 2 of 5 were accepted, of 1 of 2 at least
		assertThat(share()).isCloseTo(0.2, within(0.05));
	}

	@Test
	void nothingIsWithheldUpToTheThreshold() {
		for (int i = 0; i < 30; i++) {
			calls(1, Reply.EMPTY);
			calls(1, NACK);
		}
		assertThat(share()).isZero();
	}

	@ParameterizedTest
	@EnumSource(names = { "DECLARED", "INTERNAL", "CANCELLED" }, mode = Mode.EXCLUDE)
	void onlyAServersOwnWordIsARefusal(FailureKind kind) {
		calls(60, Failure.of(kind, "failed"));
		assertThat(share()).isZero();
	}

	@Test
	void whoSaysNothingDoesNotCountEither() {
		for (int i = 0; i < 15; i++) {
			calls(2, Failure.of(FailureKind.TIMEOUT, "no answer"));
			calls(1, NACK);
		}
		assertThat(share()).isZero();
		calls(20, NACK);
		assertThat(share()).isEqualTo(0.75);
	}

	@Test
	void afterAPauseEveryCallGoesOut() {
		calls(30, NACK);
		assertThat(share()).isEqualTo(0.75);
		this.time.advance(Duration.ofSeconds(5));
		assertThat(share()).isZero();
		assertThat(send(Reply.EMPTY).outcome()).isEqualTo(Reply.EMPTY);
	}

	@ParameterizedTest
	@ValueSource(doubles = { 0, 1, -0.5, Double.NaN })
	void aThresholdThatMakesNoSenseIsRefused(double threshold) {
		assertThatIllegalArgumentException().isThrownBy(() -> ThrottlingSettings.DEFAULT.withThreshold(threshold))
			.withMessage("threshold: " + threshold + " (expected: above 0 and below 1)");
	}

	@Test
	void aWindowBelowASecondIsRefused() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> ThrottlingSettings.DEFAULT.withWindow(Duration.ofMillis(999)))
			.withMessage("window: PT0.999S (expected: at least 1 second and at most 1 day)");
	}

	/** Calls at a pace of ten a second, let through if it comes to chance. */
	private void calls(int number, Outcome outcome) {
		for (int i = 0; i < number; i++) {
			this.time.advance(Duration.ofMillis(100));
			if (share() > 0) {
				this.random.then(0.99);
			}
			send(outcome);
		}
	}

	private Call send(Outcome outcome) {
		Call call = Calls.call();
		this.filter.filter(call, FakeSink.ending(outcome));
		return call;
	}

	private double share() {
		return this.registry.get(MeterNames.THROTTLING_SHARE).gauge().value();
	}

}
