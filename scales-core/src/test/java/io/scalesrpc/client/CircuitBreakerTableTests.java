package io.scalesrpc.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CopyOnWriteArrayList;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.NotSentException;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.ScalesException;
import io.scalesrpc.circuitbreaker.CircuitBreakerEvent;
import io.scalesrpc.circuitbreaker.CircuitBreakerSettings;
import io.scalesrpc.circuitbreaker.CircuitBreakerView;
import io.scalesrpc.circuitbreaker.CircuitState;
import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

/**
 * Circuit breakers of whole clients, and the table everybody knows them by: opens after 2
 * failures, for 30 s. <em>Confined to the test's thread.</em>
 */
@Sockets
class CircuitBreakerTableTests {

	private static final CircuitBreakerSettings TWO_AND_THIRTY_SECONDS = CircuitBreakerSettings.DEFAULT.withFailMax(2)
		.withResetTimeout(Duration.ofSeconds(30));

	private final Fixture fixture = new Fixture();

	private final List<CircuitBreakerEvent> events = new CopyOnWriteArrayList<>();

	private final List<String> table = new ArrayList<>();

	private Server server = Server.WELL;

	private long second;

	CircuitBreakerTableTests() {
		this.fixture.protocol.answering(this::answer);
		this.fixture.builder.timeout(Duration.ofSeconds(3))
			.callOption(CircuitBreakerSettings.KEY, TWO_AND_THIRTY_SECONDS)
			.circuitBreakerListener(this.events::add);
	}

	@AfterEach
	void close() {
		this.fixture.close();
	}

	@Test
	void theTableLineByLine() {
		ClientHandle<Sums> handle = this.fixture.build();
		call(handle);
		call(handle);
		this.server = Server.SILENT;
		call(handle);
		this.server = Server.FAILING;
		call(handle);
		callAt(4, handle);
		callAt(32, handle);
		callAt(33, handle);
		callAt(34, handle);
		callAt(62, handle);
		this.server = Server.WELL;
		callAt(63, handle);
		callAt(64, handle);
		assertThat(this.table).containsExactly(
		// @formatter:off
				" 0 s: ok, in 0 s; closed, 0 failures",
				" 0 s: ok, in 0 s; closed, 0 failures",
				" 0 s: TIMEOUT, in 3 s; closed, 1 failures",
				" 3 s: REMOTE, in 0 s; open, 0 failures",
				" 4 s: NOT_SENT, in 0 s; open, 0 failures",
				"32 s: NOT_SENT, in 0 s; open, 0 failures",
				"33 s: REMOTE, in 0 s; open, 0 failures",
				"34 s: NOT_SENT, in 0 s; open, 0 failures",
				"62 s: NOT_SENT, in 0 s; open, 0 failures",
				"63 s: ok, in 0 s; closed, 0 failures",
				"64 s: ok, in 0 s; closed, 0 failures");
				// @formatter:on
		assertThat(this.fixture.protocol.calls()).as("calls the server saw").hasSize(7);
	}

	@Test
	void everyTransitionIsTold() {
		ClientHandle<Sums> handle = this.fixture.build();
		this.server = Server.FAILING;
		call(handle);
		call(handle);
		callAt(30, handle);
		this.server = Server.WELL;
		callAt(60, handle);
		Fixture.await(() -> this.events.size() == 5);
		String breaker = "[calculator] circuit breaker of all methods: ";
		assertThat(this.events).extracting(CircuitBreakerEvent::toString)
			.containsExactly(breaker + "closed -> open: 2 failures in a row (last: REMOTE overloaded)",
					breaker + "open -> half-open: the reset timeout is over",
					breaker + "half-open -> open: a probe failed (last: REMOTE overloaded)",
					breaker + "open -> half-open: the reset timeout is over",
					breaker + "half-open -> closed: answered");
	}

	@Test
	void whoIsRefusedIsToldWhy() {
		ClientHandle<Sums> handle = this.fixture.build();
		this.server = Server.FAILING;
		call(handle);
		call(handle);
		assertThat(failure(handle)).isInstanceOf(NotSentException.class)
			.hasMessage("[calculator] Sums.add: circuit breaker open for 30000 ms more: 2 failures in a row "
					+ "(last: REMOTE overloaded) (no member, attempts 0, elapsed 0 ms, timeout 3000 ms)");
	}

	@Test
	void aCallIsSeenOnceWhateverItsAttempts() {
		ClientHandle<Sums> handle = this.fixture.build();
		this.server = Server.REFUSING;
		call(handle);
		assertThat(this.fixture.protocol.calls()).as("attempts").hasSizeGreaterThan(1);
		assertThat(breaker(handle).failuresInARow()).isOne();
	}

	@Test
	void ownRefusalsDoNotOpen() {
		this.fixture.builder.filter((call, next) -> call.end(Failure.of(FailureKind.NOT_SENT, "too many calls")));
		ClientHandle<Sums> handle = this.fixture.build();
		for (int i = 0; i < 10; i++) {
			call(handle);
		}
		assertThat(breaker(handle)).extracting(CircuitBreakerView::state, CircuitBreakerView::failuresInARow)
			.containsExactly(CircuitState.CLOSED, 0);
	}

	@Test
	void aMethodMayHaveItsOwnByItsNameInJava() {
		this.fixture.builder.methodOption("stage", CircuitBreakerSettings.KEY, TWO_AND_THIRTY_SECONDS.withFailMax(1));
		ClientHandle<Sums> handle = this.fixture.build();
		this.server = Server.FAILING;
		assertThat(handle.proxy().stage(1)).isCompletedExceptionally();
		assertThat(handle.view().circuitBreakers()).extracting(CircuitBreakerView::scope, CircuitBreakerView::state)
			.containsExactly(tuple("*", CircuitState.CLOSED), tuple("stage", CircuitState.OPEN));
	}

	@Test
	void aClientWithoutOneHasNoSuchStage() {
		this.fixture.builder.callOption(CircuitBreakerSettings.KEY, CircuitBreakerSettings.OFF);
		List<Role> roles = new ArrayList<>();
		this.fixture.builder.stack((stack) -> roles.addAll(stack.roles()));
		assertThat(this.fixture.build().view().circuitBreakers()).isEmpty();
		assertThat(roles).contains(Role.DEADLINE).doesNotContain(Role.CIRCUIT_BREAKER);
	}

	@Test
	void itStandsRightBelowTheDeadline() {
		List<Role> roles = new ArrayList<>();
		this.fixture.builder.filter((call, next) -> next.dispatch(call)).stack((stack) -> roles.addAll(stack.roles()));
		this.fixture.build();
		assertThat(roles).containsSubsequence(Role.DEADLINE, Role.CIRCUIT_BREAKER, new Role("filter-1"), Role.RETRY);
	}

	/** A line of the table: when, what became of the call and after how long. */
	private void call(ClientHandle<Sums> handle) {
		long began = this.second;
		CompletableFuture<Integer> future = handle.proxy().addAsync(1, 2);
		if (this.server == Server.SILENT) {
			pass(3);
		}
		String result = future.handle(CircuitBreakerTableTests::text).join();
		CircuitBreakerView breaker = breaker(handle);
		this.table.add(String.format("%2d s: %s, in %d s; %s, %d failures", began, result, this.second - began,
				breaker.state(), breaker.failuresInARow()));
	}

	private void callAt(long when, ClientHandle<Sums> handle) {
		pass(when - this.second);
		call(handle);
	}

	private void pass(long seconds) {
		this.fixture.time.advance(Duration.ofSeconds(seconds));
		this.second += seconds;
	}

	private static CircuitBreakerView breaker(ClientHandle<Sums> handle) {
		return handle.view().circuitBreakers().get(0);
	}

	private static Throwable failure(ClientHandle<Sums> handle) {
		return Objects.requireNonNull(handle.proxy().addAsync(1, 2).handle((value, ex) -> cause(ex)).join());
	}

	private static String text(Integer value, Throwable ex) {
		return (ex == null) ? "ok" : ((ScalesException) cause(ex)).kind().name();
	}

	private static Throwable cause(Throwable ex) {
		return (ex instanceof CompletionException && ex.getCause() != null) ? ex.getCause() : ex;
	}

	private void answer(Call call) {
		switch (this.server) {
			case WELL -> call.end(Reply.of(3));
			case FAILING -> call.end(Failure.of(FailureKind.REMOTE, "overloaded"));
			case REFUSING -> call.end(Failure.of(FailureKind.NOT_SENT, "refused"));
			case SILENT -> {
			}
		}
	}

	/** How the server is. */
	private enum Server {

		WELL, FAILING, REFUSING, SILENT

	}

}
