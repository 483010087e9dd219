package io.scalesrpc.circuitbreaker;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.random.RandomGenerator;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Reply;
import io.scalesrpc.testing.ScriptedRandom;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Calls of several threads at once. <em>Confined to the test's threads.</em>
 */
class CircuitBreakerRaceTests {

	private static final int THREADS = 8;

	private static final int PROBES = 3;

	private static final CircuitBreakerSettings SETTINGS = CircuitBreakerSettings.DEFAULT.withFailMax(2)
		.withHalfOpenCalls(PROBES);

	private final BreakerFixture fixture = new BreakerFixture(SETTINGS);

	@Test
	void exactlyTheProbesAreLetThrough() throws InterruptedException {
		for (int round = 0; round < 200; round++) {
			this.fixture.fail(2);
			this.fixture.seconds(30);
			int before = this.fixture.sink.calls().size();
			Call[] calls = new Call[THREADS];
			inThreads((number) -> calls[number] = this.fixture.send());
			List<Call> probes = new ArrayList<>(
					this.fixture.sink.calls().subList(before, this.fixture.sink.calls().size()));
			assertThat(probes).hasSize(PROBES);
			inThreads((number) -> calls[number].end(BreakerFixture.GAVE_UP));
			assertThat(this.fixture.state()).isEqualTo(CircuitState.HALF_OPEN);
			this.fixture.answer(PROBES);
			assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
		}
		assertThat(this.fixture.events).hasSize(3 * 200);
	}

	@Test
	void placesThatAreGivenBackAtOnceAreNeverMoreNorFewer() throws InterruptedException {
		this.fixture.breakers.set("*", CircuitState.HALF_OPEN, "alice");
		inThreads((number) -> {
			for (int i = 0; i < 2000; i++) {
				this.fixture.send().end(BreakerFixture.GAVE_UP);
			}
		});
		Call[] calls = new Call[PROBES];
		for (int i = 0; i < PROBES; i++) {
			calls[i] = this.fixture.send();
			assertThat(calls[i].isEnded()).isFalse();
		}
		assertThat(this.fixture.refusal()).contains("being probed");
		for (Call call : calls) {
			call.end(Reply.EMPTY);
		}
		assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
	}

	@Test
	void manyFailuresAtOnceOpenOnce() throws InterruptedException {
		for (int round = 0; round < 200; round++) {
			Call[] calls = new Call[THREADS];
			for (int i = 0; i < THREADS; i++) {
				calls[i] = this.fixture.send();
			}
			inThreads((number) -> calls[number].end(BreakerFixture.FAILED));
			assertThat(this.fixture.state()).isEqualTo(CircuitState.OPEN);
			this.fixture.breakers.set("*", CircuitState.CLOSED, "alice");
		}
		assertThat(this.fixture.events).hasSize(2 * 200);
	}

	@Test
	void whateverHappensAtOnceItIsNeverStuck() throws InterruptedException {
		for (int round = 0; round < 20; round++) {
			long seed = round;
			inThreads((number) -> anything(ScriptedRandom.seeded(seed * THREADS + number)));
			this.fixture.seconds(30);
			this.fixture.answer(PROBES);
			assertThat(this.fixture.state()).isEqualTo(CircuitState.CLOSED);
		}
		assertThat(transitionsTo(CircuitState.OPEN)).isEqualTo(transitionsTo(CircuitState.HALF_OPEN)).isGreaterThan(20);
	}

	private long transitionsTo(CircuitState state) {
		return this.fixture.events.stream().filter((event) -> event.to() == state).count();
	}

	/** A few hundred calls, some of which overlap, while time goes by. */
	private void anything(RandomGenerator random) {
		List<Call> held = new ArrayList<>();
		for (int i = 0; i < 300; i++) {
			held.add(this.fixture.send());
			if (held.size() > 3) {
				end(held.remove(random.nextInt(held.size())), random.nextInt(4));
			}
			if (random.nextInt(10) == 0) {
				this.fixture.time.advance(Duration.ofMillis(random.nextInt(10_000)));
			}
		}
		held.forEach((call) -> end(call, random.nextInt(4)));
	}

	private static void end(Call call, int kind) {
		call.end((kind < 2) ? Reply.EMPTY : (kind == 2) ? BreakerFixture.GAVE_UP : BreakerFixture.FAILED);
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
