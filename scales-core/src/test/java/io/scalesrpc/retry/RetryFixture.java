package io.scalesrpc.retry;

import java.time.Duration;
import java.util.function.Consumer;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.CapturingObserver;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;

/**
 * A retry stage on fake time whose waits are half of their bound, members that are chosen
 * one after the other, and one call of a second. <em>Confined to the test's thread</em>.
 */
final class RetryFixture {

	static final Failure REFUSED = Failure.of(FailureKind.NOT_SENT, "refused");

	static final CallOptions IDEMPOTENT = CallOptions.of(Idempotence.KEY, true);

	final FakeTime time = new FakeTime().mustEndEmpty();

	final ScriptedRandom random = ScriptedRandom.of();

	final RetryBudget budget = new RetryBudget(0, 1, Duration.ofSeconds(10), this.time);

	final Call call;

	final CapturingObserver observer;

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ClientMetrics metrics = new ClientMetrics(this.registry, "calculator", "thriftmux");

	private int chosen;

	RetryFixture(CallOptions options) {
		this.call = new Call(Calls.METHOD, new Object[0], Deadline.after(Duration.ofSeconds(1), this.time.nanos()),
				Context.empty(), options);
		this.observer = CapturingObserver.of(this.call);
	}

	RetryFilter filter() {
		return filter(this.budget);
	}

	RetryFilter filter(RetryBudget other) {
		return new RetryFilter(other, this.metrics, this.time, this.time, this.random);
	}

	/** Sends the call to members that do this. */
	FakeSink send(Consumer<Call> behaviour) {
		FakeSink next = members(behaviour);
		filter().filter(this.call, next);
		return next;
	}

	/** Sends the call to members all of which do this at once. */
	FakeSink sendTo(Outcome outcome) {
		return send((attempt) -> attempt.end(outcome));
	}

	/** Sends the call to members that keep their calls. */
	FakeSink sendAndHold() {
		return send((attempt) -> {
		});
	}

	FakeSink members(Consumer<Call> behaviour) {
		return FakeSink.doing((attempt) -> {
			attempt.target("member-" + ++this.chosen);
			behaviour.accept(attempt);
		});
	}

	double retries(String reason) {
		return this.registry.find(MeterNames.RETRIES)
			.tag("reason", reason)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	void spendAll() {
		while (this.budget.tryWithdraw()) {
			continue;
		}
	}

}
