package io.scalesrpc.client;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.balancer.BalancerSettings;
import io.scalesrpc.balancer.BalancerType;
import io.scalesrpc.balancer.ZoneSettings;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.MethodSpec;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.hedging.HedgingSettings;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.retry.RetryBudgetSettings;
import io.scalesrpc.retry.RetrySettings;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.testing.TestMethod;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A client whose settings change while it lives. <em>Confined to the test's thread.</em>
 */
@Sockets
class LiveClientTests {

	private final Fixture fixture = new Fixture();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	private static ClientBuilder<?> wanted() {
		return ScalesClients.builder(Runnable.class);
	}

	@Test
	void nothingChangesBeforeItIsToAndACallGoesOnByWhatItBeganWith() {
		ClientHandle<Sums> handle = this.fixture.build();
		CompletableFuture<Integer> before = handle.proxy().addAsync(1, 2);
		Call first = this.fixture.sent(0);
		Runnable change = handle.prepare(wanted().timeout(Duration.ofSeconds(3)));
		assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(10));
		change.run();
		assertThat(handle.view().settings().timeout()).isEqualTo(Duration.ofSeconds(3));
		handle.proxy().addAsync(1, 2);
		assertThat(first.deadline().timeoutNanos()).isEqualTo(Duration.ofSeconds(10).toNanos());
		assertThat(this.fixture.sent(1).deadline().timeoutNanos()).isEqualTo(Duration.ofSeconds(3).toNanos());
		first.end(Reply.of(3));
		assertThat(before.join()).isEqualTo(3);
	}

	@Test
	void whatDoesNotFitIsRefusedAndNothingHasChanged() {
		ClientHandle<Sums> handle = this.fixture.build();
		ClientSettings before = handle.view().settings();
		assertThatIllegalArgumentException()
			.isThrownBy(() -> handle
				.prepare(wanted().timeout(Duration.ofSeconds(3)).methodTimeout("nobody", Duration.ofSeconds(1))))
			.withMessageContaining("nobody");
		assertThatIllegalArgumentException()
			.isThrownBy(
					() -> handle.prepare(wanted().timeout(Duration.ofSeconds(1)).attemptTimeout(Duration.ofSeconds(2))))
			.withMessageContaining("attempt-timeout");
		assertThat(handle.view().settings()).isEqualTo(before);
	}

	/** Another interface of the same service. */
	interface LaterSums {

		CompletableFuture<Integer> product(int a, int b);

	}

	@Test
	void methodsOfInterfacesThatCameLaterMustFitToo() {
		this.fixture.builder.protocol(new FakeProtocol() {
			@Override
			public Collection<? extends MethodSpec> methods(Class<?> type, @Nullable Class<?> service) {
				return List.of(new TestMethod("com.acme.Sums", "product", false));
			}
		});
		ClientHandle<Sums> handle = this.fixture.build();
		handle.proxy(LaterSums.class);
		assertThatIllegalArgumentException().isThrownBy(
				() -> handle.prepare(wanted().methodOption("product", HedgingSettings.KEY, HedgingSettings.DEFAULT)))
			.withMessageStartingWith("hedging: product");
		handle
			.prepare(wanted().methodOption("product", HedgingSettings.KEY, HedgingSettings.DEFAULT)
				.methodOption("product", Idempotence.KEY, true))
			.run();
		assertThat(handle.view().settings().methodOptions()).containsKey("product");
	}

	@Test
	void membersAndConnectionsStay() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		ClientHandle<Sums> handle = this.fixture.build();
		handle.proxy().addAsync(1, 2).join();
		double opened = opened();
		handle
			.prepare(wanted().retry(RetrySettings.OFF)
				.throttling(ThrottlingSettings.OFF)
				.concurrencyLimit(ConcurrencyLimitSettings.NONE))
			.run();
		handle.proxy().addAsync(1, 2).join();
		assertThat(opened()).isEqualTo(opened);
		assertThat(handle.view().lastMinute().calls()).isEqualTo(2);
	}

	@Test
	void theNumbersOfTheBalancerChangeAndItsTypeAndZoneStay() {
		this.fixture.builder.balancer(BalancerSettings.of(BalancerType.HASH).withZone(ZoneSettings.of("a")));
		ClientHandle<Sums> handle = this.fixture.build();
		handle.prepare(wanted().balancer(BalancerSettings.of(BalancerType.HASH)
			.withSlowStart(Duration.ofSeconds(3))
			.withHashBound(3)
			.withZone(ZoneSettings.of("b").withMaxLoad(5)))).run();
		assertThat(handle.view().settings().balancer()).isEqualTo(BalancerSettings.of(BalancerType.HASH)
			.withSlowStart(Duration.ofSeconds(3))
			.withHashBound(3)
			.withZone(ZoneSettings.of("a").withMaxLoad(5)));
	}

	private double opened() {
		return this.fixture.meters.get(MeterNames.CONNECTIONS).tag("event", "opened").counter().count();
	}

	@Test
	void aBudgetKeepsItsSavingsAsLongAsItsSettingsStay() {
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.NOT_SENT, "busy")));
		this.fixture.builder.retryBudget(RetryBudgetSettings.DEFAULT);
		ClientHandle<Sums> handle = this.fixture.build();
		handle.proxy().addAsync(1, 2).exceptionally((ex) -> 0).join();
		Double left = handle.view().retryBudget();
		handle.prepare(wanted().timeout(Duration.ofSeconds(3))).run();
		assertThat(handle.view().retryBudget()).isEqualTo(left);
		handle.prepare(wanted().retryBudget(new RetryBudgetSettings(0.2, 50, Duration.ofSeconds(10)))).run();
		assertThat(handle.view().retryBudget()).isGreaterThan(400);
		assertThat(this.fixture.meters.get(MeterNames.RETRY_BUDGET).gauge().value()).as("the meter is of the new one")
			.isGreaterThan(400);
	}

	@Test
	void aConcurrencyLimitKnowsTheCallsOfTheOneBefore() {
		this.fixture.builder.concurrencyLimit(ConcurrencyLimitSettings.fixed(5));
		ClientHandle<Sums> handle = this.fixture.build();
		for (int i = 0; i < 3; i++) {
			handle.proxy().addAsync(1, 2);
			this.fixture.sent(i);
		}
		handle.prepare(wanted().concurrencyLimit(ConcurrencyLimitSettings.fixed(3))).run();
		CompletableFuture<Integer> fourth = handle.proxy().addAsync(1, 2);
		Fixture.await(fourth::isDone);
		assertThat(fourth).isCompletedExceptionally();
		assertThat(this.fixture.meters.get(MeterNames.CONCURRENCY_LIMIT).gauge().value()).isEqualTo(3);
		handle.prepare(wanted()).run();
		assertThat(this.fixture.meters.find(MeterNames.CONCURRENCY_LIMIT).gauge()).isNull();
		handle.proxy().addAsync(1, 2);
		this.fixture.sent(3);
	}

	@Test
	void circuitBreakersStayByTheirScope() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.fixture.builder.circuitBreaker(CircuitBreakerSettings.DEFAULT);
		ClientHandle<Sums> handle = this.fixture.build();
		handle.circuitBreakers().set("*", CircuitState.FORCED_OPEN, "alice");
		handle.prepare(wanted().circuitBreaker(CircuitBreakerSettings.DEFAULT.withFailMax(9))).run();
		assertThat(handle.proxy().addAsync(1, 2)).failsWithin(Duration.ofSeconds(10));
		handle.prepare(wanted()).run();
		assertThat(handle.proxy().addAsync(1, 2).join()).isEqualTo(3);
		assertThat(this.fixture.meters.find(MeterNames.CIRCUIT_BREAKER_STATE).gauge()).isNull();
	}

	@Test
	void stagesOfTheUserStay() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		int[] seen = new int[1];
		this.fixture.builder.filter((call, next) -> {
			seen[0]++;
			next.dispatch(call);
		});
		this.fixture.builder.stack((stack) -> stack.add(new Role("mine"), (call, next) -> next.dispatch(call)));
		ClientHandle<Sums> handle = this.fixture.build();
		handle.prepare(wanted().timeout(Duration.ofSeconds(3))).run();
		handle.proxy().addAsync(1, 2).join();
		assertThat(seen[0]).isOne();
	}

	@Test
	void aMemberThatIsDrainedGetsNoCallsUntilItsTimeIsOver() {
		this.fixture.protocol.answering((call) -> call.end(Reply.of(3)));
		this.fixture.builder.uri("tcp://127.0.0.1:9091,127.0.0.1:9092").balancer(BalancerType.ROUND_ROBIN);
		ClientHandle<Sums> handle = this.fixture.build();
		for (int i = 0; i < 4; i++) {
			handle.proxy().addAsync(1, 2).join();
		}
		handle.members().drain("127.0.0.1:9091", Duration.ofMinutes(1), "alice");
		MemberView drained = handle.view().members().get(0);
		assertThat(drained.state()).isEqualTo(SinkState.CLOSED);
		assertThat(drained.problem()).isEqualTo("drained by alice, for 60 s more");
		assertThat(drained.problemFor()).isEqualTo(Duration.ZERO);
		assertThat(drained.connections()).as("they stay").isOne();
		long before = attempts(handle, 0);
		for (int i = 0; i < 10; i++) {
			handle.proxy().addAsync(1, 2).join();
		}
		assertThat(attempts(handle, 0)).isEqualTo(before);
		this.fixture.time.advance(Duration.ofSeconds(61));
		assertThat(handle.view().members().get(0).state()).isEqualTo(SinkState.OPEN);
		assertThatIllegalArgumentException().isThrownBy(() -> handle.members().drain("127.0.0.1:1", null, "alice"))
			.withMessage("member: 127.0.0.1:1 (expected: one of [127.0.0.1:9091, 127.0.0.1:9092])");
	}

	private static long attempts(ClientHandle<?> handle, int member) {
		return handle.view().members().get(member).recent().attempts();
	}

}
