package io.scalesrpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.scalesrpc.admission.ConcurrencyLimitSettings;
import io.scalesrpc.admission.ThrottlingSettings;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.InternalCallException;
import io.scalesrpc.call.CallFilter;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.chaos.ChaosSettings;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

@Sockets
class StackBuilderTests {

	private static final CallFilter PASS = (call, next) -> next.dispatch(call);

	private final Fixture fixture = new Fixture();

	private final List<String> seen = new ArrayList<>();

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void stagesStandWhereTheyWerePut() {
		StackBuilder stack = new StackBuilder().add(new Role("b"), noting("b"))
			.insertBefore(new Role("b"), new Role("a"), noting("a"))
			.insertAfter(new Role("b"), new Role("c"), noting("c"))
			.replace(new Role("b"), noting("instead-of-b"))
			.add(new Role("d"), noting("d"));
		assertThat(stack.roles()).extracting(Role::name).containsExactly("a", "b", "c", "d");
		Call call = Calls.call();
		stack.over(FakeSink.ending(Reply.EMPTY)).dispatch(call);
		assertThat(this.seen).containsExactly("a", "instead-of-b", "c", "d");
	}

	@Test
	void aRoleIsThereOnce() {
		StackBuilder stack = new StackBuilder().add(new Role("a"), PASS);
		assertThatIllegalArgumentException().isThrownBy(() -> stack.add(new Role("a"), PASS))
			.withMessage("role: a (expected: none of [a])");
	}

	@Test
	void anUnknownRoleListsTheKnownOnes() {
		StackBuilder stack = new StackBuilder().add(new Role("a"), PASS);
		assertThatIllegalArgumentException().isThrownBy(() -> stack.replace(new Role("b"), PASS))
			.withMessage("role: b (expected: one of [a])");
	}

	@Test
	void aRoleIsAPlainWord() {
		assertThatIllegalArgumentException().isThrownBy(() -> new Role("My Stage"))
			.withMessage("role: My Stage (expected: lower case letters, digits and hyphens)");
	}

	@Test
	void aStageThatThrowsEndsTheCallAsABug() {
		Call call = Calls.call();
		CapturingObserver observer = CapturingObserver.of(call);
		IllegalStateException exception = new IllegalStateException("oops");
		new StackBuilder().add(new Role("a"), (given, next) -> {
			throw exception;
		}).over(FakeSink.holding()).dispatch(call);
		assertThat(observer.failure()).isEqualTo(
				Failure.of(FailureKind.INTERNAL, "stage a failed: java.lang.IllegalStateException: oops", exception));
	}

	@Test
	void theStagesOfAClientComeInAnOrderForWhichThereAreReasons() {
		List<Role> roles = new ArrayList<>();
		this.fixture.builder.filter(PASS).filter(PASS).stack((stack) -> roles.addAll(stack.roles()));
		this.fixture.build();
		assertThat(roles).containsExactly(Role.METRICS, Role.DEADLINE, new Role("filter-1"), new Role("filter-2"),
				Role.RETRY, Role.THROTTLING);
	}

	@Test
	void stagesThatAreSwitchedOnHaveTheirPlaces() {
		List<Role> roles = new ArrayList<>();
		this.fixture.builder.throttling(ThrottlingSettings.OFF)
			.concurrencyLimit(ConcurrencyLimitSettings.fixed(8))
			.methodOption("ping", ChaosSettings.KEY, ChaosSettings.OFF.withNackPercent(1))
			.stack((stack) -> roles.addAll(stack.roles()));
		this.fixture.build();
		assertThat(roles).containsExactly(Role.METRICS, Role.DEADLINE, Role.CONCURRENCY_LIMIT, Role.RETRY, Role.CHAOS);
	}

	@Test
	void chaosIsMetByRetriesAndOnlyByTheMethodItIsMeantFor() {
		this.fixture.protocol.answering((call) -> call.end(Reply.EMPTY));
		this.fixture.builder.methodOption("ping", ChaosSettings.KEY, ChaosSettings.OFF.withNackPercent(100));
		Sums client = this.fixture.client();
		assertThatExceptionOfType(NotSentException.class).isThrownBy(client::ping)
			.withMessageContainingAll("refused (injected by chaos)", "member chaos", "attempts 2");
		assertThat(this.fixture.meters.get(MeterNames.CHAOS).counter().count()).isEqualTo(2);
		assertThat(this.fixture.protocol.calls()).isEmpty();
		client.addAsync(1, 2).join();
		assertThat(this.fixture.protocol.calls()).hasSize(1);
	}

	@Test
	void aUsersFilterSeesACallOnceHoweverManyAttempts() {
		this.fixture.builder.filter(noting("filter"));
		this.fixture.protocol.answering((call) -> call.end(Failure.of(FailureKind.NOT_SENT, "draining")));
		Sums client = this.fixture.client();
		assertThatExceptionOfType(RuntimeException.class).isThrownBy(client::ping);
		assertThat(this.fixture.protocol.calls()).hasSize(2);
		assertThat(this.seen).containsExactly("filter");
	}

	@Test
	void aUsersFilterThatThrowsFailsTheCallerWithAText() {
		this.fixture.builder.filter((call, next) -> {
			throw new IllegalStateException("oops");
		});
		Sums client = this.fixture.client();
		assertThatExceptionOfType(InternalCallException.class).isThrownBy(client::ping)
			.withMessageStartingWith("[calculator] Sums.ping: stage filter-1 failed: java.lang.IllegalStateException:"
					+ " oops (no member, attempts 0,");
	}

	@Test
	void theDeadlineCoversAStageThatHoldsItsCalls() {
		this.fixture.builder.filter((call, next) -> {
		});
		CompletableFuture<Integer> future = this.fixture.client().addAsync(1, 2);
		this.fixture.time.advance(Duration.ofSeconds(10));
		assertThat(future).failsWithin(Duration.ofSeconds(5));
	}

	private CallFilter noting(String name) {
		return (call, next) -> {
			this.seen.add(name);
			next.dispatch(call);
		};
	}

}
