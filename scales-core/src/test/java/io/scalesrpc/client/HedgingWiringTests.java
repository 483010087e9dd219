package io.scalesrpc.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.Reply;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Sockets
class HedgingWiringTests {

	private static final HedgingSettings HEDGING = HedgingSettings.DEFAULT.withMaxExtraLoad(0.1);

	private final Fixture fixture = new Fixture();

	HedgingWiringTests() {
		this.fixture.builder.uri("tcp://127.0.0.1:9091,127.0.0.1:9092,127.0.0.1:9093");
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void aSlowCallIsSentToAnotherMemberAndTheFirstAnswerCounts() {
		this.fixture.builder.callOption(HedgingSettings.KEY, HEDGING).methodOption("add", Idempotence.KEY, true);
		ClientHandle<Sums> handle = this.fixture.build();
		learn(handle);
		CompletableFuture<Integer> sum = handle.proxy().addAsync(1, 2);
		Call first = open(1).get(0);
		this.fixture.time.advance(Duration.ofMillis(15));
		Call second = open(2).stream().filter((call) -> !call.equals(first)).findFirst().orElseThrow();
		assertThat(second.target()).isNotEqualTo(first.target());
		second.end(Reply.of(3));
		assertThat(sum.join()).isEqualTo(3);
		assertThat(first.outcome()).isEqualTo(Failure.of(FailureKind.CANCELLED, "superseded by another attempt"));
		assertThat(this.fixture.meters.get(MeterNames.HEDGES).tag("event", "won").counter().count()).isOne();
		assertThat(this.fixture.meters.get(MeterNames.HEDGING_DELAY).tag("method", "add").gauge().value())
			.isBetween(0.0099, 0.0102);
	}

	/** Makes calls that take 10 ms each. */
	private void learn(ClientHandle<Sums> handle) {
		for (int i = 0; i < 400; i++) {
			CompletableFuture<Integer> sum = handle.proxy().addAsync(1, 2);
			Call call = open(1).get(0);
			this.fixture.time.advance(Duration.ofMillis(10));
			call.end(Reply.of(3));
			sum.join();
		}
	}

	/** Waits for so many calls at members. */
	private List<Call> open(int count) {
		Fixture.await(() -> running().size() == count);
		return running();
	}

	private List<Call> running() {
		return this.fixture.protocol.calls().stream().filter((call) -> !call.isEnded()).toList();
	}

	@Test
	void theStageIsThereOnlyIfItIsSwitchedOn() {
		this.fixture.builder.stack((stack) -> assertThat(stack.roles()).doesNotContain(Role.HEDGING));
		this.fixture.build();
	}

	@Test
	void theStageStandsAboveRetries() {
		this.fixture.builder.methodOption("boxed", Idempotence.KEY, true)
			.methodOption("boxed", HedgingSettings.KEY, HEDGING)
			.filter((call, next) -> next.dispatch(call))
			.stack((stack) -> assertThat(stack.roles()).containsSubsequence(new Role("filter-1"), Role.HEDGING,
					Role.RETRY));
		this.fixture.build();
	}

	@Test
	void aNamedMethodMustBeIdempotent() {
		this.fixture.builder.methodOption("add", HedgingSettings.KEY, HEDGING);
		assertThatIllegalArgumentException().isThrownBy(this.fixture::build)
			.withMessageStartingWith("hedging: add")
			.withMessageContaining("said to be idempotent");
	}

	@Test
	void hedgingThatWouldHaveNoEffectIsRefused() {
		this.fixture.builder.callOption(HedgingSettings.KEY, HEDGING);
		assertThatIllegalArgumentException().isThrownBy(this.fixture::build)
			.withMessage("hedging: on (expected: at least one method that is said to be idempotent)");
	}

}
