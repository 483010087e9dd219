package io.scalesrpc.transport.reconnect;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.transport.FakeConnection;
import org.junit.jupiter.api.RepeatedTest;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of several threads while connections come and go. <em>Confined to the test's
 * threads.</em>
 */
class ResurrectorRaceTests {

	private static final int CALLERS = 3;

	private static final int CALLS = 10_000;

	private final ResurrectorFixture fixture = new ResurrectorFixture();

	private final AtomicInteger answered = new AtomicInteger();

	private final AtomicInteger failed = new AtomicInteger();

	private final AtomicBoolean over = new AtomicBoolean();

	@RepeatedTest(3)
	void everyCallEndsExactlyOnceWhileConnectionsComeAndGo() throws InterruptedException {
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < CALLERS; i++) {
			callers.add(start(this::call));
		}
		Thread network = start(this::connectAndBreak);
		for (Thread caller : callers) {
			caller.join();
		}
		this.over.set(true);
		network.join();
		this.fixture.resurrector.close(Duration.ZERO);
		if (this.fixture.factory.isOpening()) {
			this.fixture.factory.fail("the test is over");
		}
		assertThat(this.answered.get() + this.failed.get()).isEqualTo(CALLERS * CALLS);
		assertThat(this.answered).hasPositiveValue();
	}

	private void call() {
		for (int i = 0; i < CALLS; i++) {
			Call call = Calls.unwatched();
			call.onOutcome(
					(ended, outcome) -> ((outcome instanceof Reply) ? this.answered : this.failed).incrementAndGet());
			this.fixture.resurrector.dispatch(call);
			Thread.yield();
		}
	}

	private void connectAndBreak() {
		RandomGenerator random = ScriptedRandom.seeded(3);
		List<FakeConnection> connections = new ArrayList<>();
		while (!this.over.get()) {
			if (this.fixture.factory.isOpening()) {
				if (random.nextInt(4) == 0) {
					this.fixture.factory.fail("refused");
				}
				else {
					connections.add(this.fixture.factory.succeed());
				}
			}
			this.fixture.advanceMillis(random.nextInt(2000));
			connections.forEach((connection) -> trouble(connection, random.nextInt(6)));
			connections.removeIf((connection) -> connection.state() == SinkState.CLOSED);
		}
	}

	private static void trouble(FakeConnection connection, int kind) {
		connection.calls().forEach((call) -> call.end(Reply.EMPTY));
		switch (kind) {
			case 0 -> connection.breakDown("reset");
			case 1 -> connection.breakInOrder();
			case 2 -> connection.state(SinkState.BUSY);
			default -> Thread.yield();
		}
	}

	private static Thread start(Runnable runnable) {
		Thread thread = new Thread(runnable);
		thread.start();
		return thread;
	}

}
