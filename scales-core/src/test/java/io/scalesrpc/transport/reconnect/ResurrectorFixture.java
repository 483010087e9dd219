package io.scalesrpc.transport.reconnect;

import java.time.Duration;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.scalesrpc.call.Call;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.metrics.ClientMetrics;
import io.scalesrpc.metrics.MeterNames;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.FakeConnection;
import io.scalesrpc.transport.FakeConnectionFactory;
import io.scalesrpc.transport.channel.CountingConnectionFactory;

/**
 * A resurrector over a fake factory, in fake time, with a back-off of 100, 200, 300 ms
 * and so on. <em>Confined to the test's thread.</em>
 */
final class ResurrectorFixture {

	static final Duration MILLISECOND = Duration.ofMillis(1);

	final FakeTime time = new FakeTime().mustEndEmpty();

	final FakeConnectionFactory factory = new FakeConnectionFactory();

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	final Resurrector resurrector;

	ResurrectorFixture() {
		this.resurrector = resurrector(this.time);
	}

	private ResurrectorFixture(Timer timer) {
		this.resurrector = resurrector(timer);
	}

	/** A resurrector whose timer has been closed. */
	static ResurrectorFixture withClosedTimer() {
		return new ResurrectorFixture((task, delay, unit) -> {
			throw new IllegalStateException("cannot be started once stopped");
		});
	}

	Call dispatch() {
		Call call = Calls.call(this.time);
		this.resurrector.dispatch(call);
		return call;
	}

	/** Opens the first connection, by a call that is left unfinished. */
	FakeConnection open() {
		this.resurrector.dispatch(Calls.unwatched());
		return this.factory.succeed();
	}

	/** Opens the first connection and waits until it has stood long enough. */
	FakeConnection openAndSettle() {
		FakeConnection connection = open();
		this.time.advance(Duration.ofMillis(ReconnectBackoff.SETTLED_MILLIS));
		return connection;
	}

	/** Fails the first opening. */
	void goDown(String reason) {
		this.resurrector.dispatch(Calls.unwatched());
		this.factory.fail(reason);
	}

	private Resurrector resurrector(Timer timer) {
		return new Resurrector(Member.of("10.0.0.7", 9090),
				new CountingConnectionFactory(this.factory, metrics(), this.time), new ReconnectTerms(
						(failures) -> Duration.ofMillis(100).toNanos() * failures, timer, this.time, Runnable::run));
	}

	ClientMetrics metrics() {
		return new ClientMetrics(this.registry, "calculator", "thriftmux");
	}

	double connections(String event) {
		return this.registry.get(MeterNames.CONNECTIONS).tag("event", event).counter().count();
	}

	void advanceMillis(long millis) {
		this.time.advance(Duration.ofMillis(millis));
	}

}
