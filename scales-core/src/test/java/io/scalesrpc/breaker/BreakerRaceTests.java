package io.scalesrpc.breaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.Sink;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of several threads to a member that is on its way back. <em>Confined to the
 * test's threads.</em>
 */
class BreakerRaceTests {

	private static final int THREADS = 4;

	private static final int ROUNDS = 300;

	private static final Failure GAVE_UP = Failure.of(FailureKind.CANCELLED, "gave up");

	private final BreakerFixture fixture = new BreakerFixture(3, BreakerFixture.SLOW_TO_HEAL, ScriptedRandom.seeded(7));

	@Test
	void oneOfTheCallsThatComeAtOnceIsTheProbe() throws InterruptedException {
		this.fixture.takeOut(0);
		this.fixture.seconds(10);
		for (int round = 0; round < ROUNDS; round++) {
			Call[] calls = new Call[THREADS];
			inThreads((number) -> calls[number] = this.fixture.send(0));
			assertThat(this.fixture.state(0)).isEqualTo(SinkState.BUSY);
			int probes = 0;
			for (Call call : calls) {
				boolean busyBefore = this.fixture.state(0) == SinkState.BUSY;
				call.end(GAVE_UP);
				probes += (busyBefore && this.fixture.state(0) == SinkState.OPEN) ? 1 : 0;
			}
			assertThat(probes).isOne();
		}
	}

	@Test
	void whateverHappensAtOnceNoProbeIsLost() throws InterruptedException {
		for (int round = 0; round < 20; round++) {
			long seed = round;
			inThreads((number) -> anything(ScriptedRandom.seeded(seed * THREADS + number)));
			this.fixture.seconds(20);
			assertThat(this.fixture.state(0)).isEqualTo(SinkState.OPEN);
			this.fixture.answer(0, 1);
			assertThat(this.fixture.breaker(0).problem()).isEmpty();
		}
	}

	/** A few hundred calls, some of which overlap, while time goes by. */
	private void anything(RandomGenerator random) {
		List<Call> held = new ArrayList<>();
		Sink breaker = this.fixture.breaker(0);
		for (int i = 0; i < 500; i++) {
			Call call = Calls.unwatched();
			breaker.dispatch(call);
			held.add(call);
			if (held.size() > 3) {
				end(held.remove(random.nextInt(held.size())), random.nextInt(6));
			}
			if (random.nextInt(20) == 0) {
				this.fixture.advance(Duration.ofMillis(random.nextInt(3000)));
			}
		}
		held.forEach((call) -> end(call, random.nextInt(6)));
	}

	private static void end(Call call, int kind) {
		call.end((kind == 0) ? Reply.EMPTY : (kind == 1) ? GAVE_UP : BreakerFixture.OVERLOADED);
	}

	private static void inThreads(Work work) throws InterruptedException {
		CyclicBarrier start = new CyclicBarrier(THREADS);
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int number = i;
			Thread thread = new Thread(() -> {
				await(start);
				work.run(number);
			});
			thread.start();
			threads.add(thread);
		}
		for (Thread thread : threads) {
			thread.join();
		}
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await();
		}
		catch (InterruptedException | BrokenBarrierException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** What each thread does. */
	@FunctionalInterface
	private interface Work {

		void run(int number);

	}

}
