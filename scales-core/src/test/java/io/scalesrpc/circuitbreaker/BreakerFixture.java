package io.scalesrpc.circuitbreaker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import org.jspecify.annotations.Nullable;

/**
 * The circuit breaker of all methods of a client over a sink that holds its calls.
 * Listeners are told at once. <em>Thread-safe</em>.
 */
final class BreakerFixture {

	static final Failure FAILED = Failure.of(FailureKind.REMOTE, "overloaded");

	static final Failure GAVE_UP = Failure.of(FailureKind.CANCELLED, "gave up");

	final FakeTime time = new FakeTime().mustEndEmpty();

	final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	final List<CircuitBreakerEvent> events = new CopyOnWriteArrayList<>();

	final FakeSink sink = FakeSink.holding();

	final CircuitBreakers breakers;

	BreakerFixture(CircuitBreakerSettings settings) {
		this(settings, Map.of());
	}

	BreakerFixture(CircuitBreakerSettings settings, Map<String, CallOptions> ofMethods) {
		this.breakers = new CircuitBreakers(CallOptions.of(CircuitBreakerSettings.KEY, settings), ofMethods,
				new Surroundings("calculator", metrics(), this.time, List.of(this.events::add), Runnable::run));
	}

	ClientMetrics metrics() {
		return new ClientMetrics(this.registry, "calculator", "fake");
	}

	/** A call that is asked for and may be refused. */
	Call send() {
		return send(this.breakers.inCharge("any", "any"));
	}

	Call send(CallOptions options) {
		Call call = new Call(Calls.METHOD, new Object[0], Deadline.after(Duration.ofDays(1), this.time.nanos()),
				Context.empty(), options);
		this.breakers.stage().filter(call, this.sink);
		return call;
	}

	void end(int count, Outcome outcome) {
		for (int i = 0; i < count; i++) {
			send().end(outcome);
		}
	}

	void answer(int count) {
		end(count, Reply.EMPTY);
	}

	void fail(int count) {
		end(count, FAILED);
	}

	/** A call that was given to a member before it failed. */
	void endAtMember(Outcome outcome) {
		Call call = send();
		call.target("h1:9090");
		call.end(outcome);
	}

	CircuitBreakerView view() {
		return this.breakers.views().get(0);
	}

	CircuitState state() {
		return view().state();
	}

	/** Why the next call is refused, or {@code null} if it is not. */
	@Nullable String refusal() {
		Call call = send();
		return (call.outcome() instanceof Failure failure) ? failure.reason() : null;
	}

	void seconds(long seconds) {
		this.time.advance(Duration.ofSeconds(seconds));
	}

	double meter(String name, String... tags) {
		return this.registry.get(name).tags(tags).meter().measure().iterator().next().getValue();
	}

}
