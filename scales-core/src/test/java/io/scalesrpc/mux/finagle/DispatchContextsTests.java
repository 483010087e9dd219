package io.scalesrpc.mux.finagle;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.mux.TraceIdContext;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What goes with a request beside its body.
 */
class DispatchContextsTests {

	private static final Instant NOW = Instant.ofEpochSecond(1_000, 5);

	private final FakeTime time = new FakeTime();

	private final DispatchContexts contexts = new DispatchContexts("shop", this.time, Clock.fixed(NOW, ZoneOffset.UTC));

	private Call call() {
		return new Call(Calls.METHOD, new Object[] { 1, 2 }, Deadline.after(Duration.ofMillis(500), this.time.nanos()),
				Context.empty());
	}

	@Test
	void theClientItsFirstAttemptAndTheDeadlineAreTold() {
		this.time.advance(Duration.ofMillis(100));
		Call call = call();
		this.time.advance(Duration.ofMillis(200));
		Context sent = this.contexts.of(call);
		assertThat(ClientIdContext.decode(sent.get(ClientIdContext.KEY)).name()).isEqualTo("shop");
		assertThat(RetriesContext.decode(sent.get(RetriesContext.KEY)).attempt()).isZero();
		DeadlineContext deadline = DeadlineContext.decode(sent.get(DeadlineContext.KEY));
		assertThat(deadline.timestampNanos()).isEqualTo(1_000_000_000_005L);
		assertThat(deadline.deadlineNanos()).isEqualTo(1_000_300_000_005L);
		call.end(Failure.of(FailureKind.CANCELLED, "the test is over"));
	}

	@Test
	void whomACallerNamesComesBeforeTheClient() {
		Call call = new Call(Calls.METHOD, new Object[0], Deadline.after(Duration.ofMillis(500), this.time.nanos()),
				Context.empty(), CallOptions.NONE.withClientId("batch"));
		assertThat(this.contexts.areUsual(call)).isFalse();
		Context sent = this.contexts.of(call);
		assertThat(ClientIdContext.decode(sent.get(ClientIdContext.KEY)).name()).isEqualTo("batch");
		call.end(Failure.of(FailureKind.CANCELLED, "the test is over"));
	}

	@Test
	void anotherAttemptSaysItsNumber() {
		Call call = call();
		call.attempt(call.deadline()).target("a");
		Call second = call.attempt(call.deadline());
		second.target("b");
		assertThat(RetriesContext.decode(this.contexts.of(second).get(RetriesContext.KEY)).attempt()).isEqualTo(1);
		call.end(Failure.of(FailureKind.CANCELLED, "the test is over"));
	}

	@Test
	void whatTheCallCarriesIsSentAsItIsButDoesNotSpeakForThisHop() {
		Call call = call();
		byte[] trace = { 1, 2, 3 };
		call.context(Context.empty()
			.with(TraceIdContext.KEY, trace)
			.with("of nobody's knowledge", new byte[] { 9 })
			.with(RetriesContext.KEY, new RetriesContext(7).encode())
			.with(ClientIdContext.KEY, new ClientIdContext("somebody else").encode()));
		Context sent = this.contexts.of(call);
		assertThat(sent.get(TraceIdContext.KEY)).isEqualTo(trace);
		assertThat(sent.get("of nobody's knowledge")).containsExactly(9);
		assertThat(RetriesContext.decode(sent.get(RetriesContext.KEY)).attempt()).isZero();
		assertThat(ClientIdContext.decode(sent.get(ClientIdContext.KEY)).name()).isEqualTo("shop");
		call.end(Failure.of(FailureKind.CANCELLED, "the test is over"));
	}

	@Test
	void aClientWithoutANameSaysNothingOfIt() {
		Call call = call();
		Context sent = new DispatchContexts("", this.time, Clock.systemUTC()).of(call);
		assertThat(sent.get(ClientIdContext.KEY)).isNull();
		call.end(Failure.of(FailureKind.CANCELLED, "the test is over"));
	}

}
