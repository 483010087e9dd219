package io.scalesrpc.hedging;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.CallOptions;
import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.call.Idempotence;
import io.scalesrpc.call.Reply;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.retry.RetryBudget;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;

/**
 * A hedging stage over a fake sink, on fake time. <em>Confined to the test's thread</em>.
 */
final class HedgingFixture {

	static final HedgingSettings SETTINGS = HedgingSettings.DEFAULT.withMaxExtraLoad(0.1);

	final FakeTime time = new FakeTime().mustEndEmpty();

	final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	final FakeSink next = FakeSink.holding();

	final RetryBudget retries = new RetryBudget(0.2, 10, Duration.ofSeconds(10), this.time);

	final HedgingFilter filter = new HedgingFilter(this.time, this.time, this.retries,
			new ClientMetrics(this.registry, "calculator", "thriftmux"));

	/** A call of an idempotent method that is hedged, with 10 s to live. */
	Call call() {
		return call(SETTINGS, Duration.ofSeconds(10));
	}

	Call call(HedgingSettings settings, Duration timeout) {
		return call(CallOptions.of(HedgingSettings.KEY, settings).with(Idempotence.KEY, true), timeout);
	}

	Call call(CallOptions options, Duration timeout) {
		return new Call(Calls.METHOD, new Object[] { 1, 2 }, Deadline.after(timeout, this.time.nanos()),
				Context.empty(), options);
	}

	/** Sends a call of which the sink holds the attempts. */
	Call send(Call call) {
		this.filter.filter(call, this.next);
		return call;
	}

	/** Sends calls one after the other, each answered after so long. */
	void answerAfter(Duration latency, int calls) {
		for (int i = 0; i < calls; i++) {
			Call call = send(call());
			this.time.advance(latency);
			this.next.calls().get(this.next.calls().size() - 1).end(Reply.EMPTY);
			call.end(Reply.EMPTY);
		}
	}

	/** Learns that calls take 10 ms, so that a second attempt is due after that. */
	HedgingFixture learned() {
		answerAfter(Duration.ofMillis(10), 400);
		this.next.calls().clear();
		return this;
	}

	double count(String event) {
		return this.registry.find(MeterNames.HEDGES)
			.tag("event", event)
			.counters()
			.stream()
			.mapToDouble((counter) -> counter.count())
			.sum();
	}

	/** The gauge, in milliseconds. */
	double delayMillis() {
		return this.registry.get(MeterNames.HEDGING_DELAY).gauge().value() * 1000;
	}

}
