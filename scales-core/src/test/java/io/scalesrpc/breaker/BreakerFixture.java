package io.scalesrpc.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Outcome;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeSink;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;

/**
 * The breakers of a client with members that hold their calls, numbered from 0. Waits are
 * the shortest that chance allows: 5 s, then 10 s. <em>Confined to the test's
 * thread.</em>
 */
final class BreakerFixture {

	static final Failure OVERLOADED = Failure.of(FailureKind.REMOTE, "overloaded");

	static final Failure TIMEOUT = Failure.of(FailureKind.TIMEOUT, "no answer");

	/** With waits that are long enough to be told apart. */
	static final MemberBreakerSettings SLOW_TO_HEAL = MemberBreakerSettings.DEFAULT.withBackoff(Duration.ofSeconds(5),
			Duration.ofSeconds(20));

	final FakeTime time = new FakeTime().mustEndEmpty();

	final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	final ClientMetrics metrics = new ClientMetrics(this.registry, "calculator", "thriftmux");

	final MemberBreakers breakers;

	private final List<FakeSink> members = new ArrayList<>();

	private final List<Sink> sinks = new ArrayList<>();

	BreakerFixture(int count) {
		this(count, SLOW_TO_HEAL, ScriptedRandom.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0));
	}

	BreakerFixture(int count, MemberBreakerSettings settings, RandomGenerator random) {
		this.breakers = new MemberBreakers(settings, this.metrics, this.time, random);
		for (int i = 0; i < count; i++) {
			add();
		}
	}

	static String address(int number) {
		return "10.0.0." + number + ":9090";
	}

	/** One more member. */
	Sink add() {
		FakeSink member = FakeSink.holding();
		Sink sink = this.breakers.around(address(this.members.size()), member);
		this.members.add(member);
		this.sinks.add(sink);
		return sink;
	}

	/** The member below its breaker. */
	FakeSink member(int number) {
		return this.members.get(number);
	}

	Sink breaker(int number) {
		return this.sinks.get(number);
	}

	SinkState state(int number) {
		return breaker(number).state();
	}

	List<SinkState> states() {
		return this.sinks.stream().map(Sink::state).toList();
	}

	/** Sends a call that is held. */
	Call send(int number) {
		Call call = Calls.call();
		breaker(number).dispatch(call);
		return call;
	}

	/** Sends calls, each of which ends before the next. */
	void end(int number, int count, Outcome outcome) {
		for (int i = 0; i < count; i++) {
			send(number).end(outcome);
		}
	}

	void answer(int number, int count) {
		end(number, count, Reply.EMPTY);
	}

	/** Takes members out by as many failures in a row as are needed. */
	void takeOut(int... numbers) {
		for (int number : numbers) {
			end(number, 5, OVERLOADED);
		}
	}

	void advance(Duration duration) {
		this.time.advance(duration);
	}

	void seconds(long seconds) {
		advance(Duration.ofSeconds(seconds));
	}

	double meter(String name) {
		return this.registry.get(name).meter().measure().iterator().next().getValue();
	}

}
