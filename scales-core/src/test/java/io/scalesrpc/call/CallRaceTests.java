package io.scalesrpc.call;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;

import io.scalesrpc.testing.Calls;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Three threads end the same calls while each registers observers. The threads meet
 * before every few ends, so that they are at the same call at the same time.
 */
class CallRaceTests {

	private static final int CALLS = 300_000;

	private static final int BATCH = 5;

	private static final int MAX_SPINS = 50;

	private static final int THREADS = 3;

	private static final int PATIENCE_MILLIS = 60_000;

	private static final int OBSERVERS_PER_THREAD = 2;

	private static final int OBSERVERS = THREADS * OBSERVERS_PER_THREAD;

	private final Call[] calls = IntStream.range(0, CALLS).mapToObj((i) -> Calls.unwatched()).toArray(Call[]::new);

	/** How often an end of the call was the first. */
	private final AtomicIntegerArray wins = new AtomicIntegerArray(CALLS);

	private final AtomicReferenceArray<Outcome> winning = new AtomicReferenceArray<>(CALLS);

	/** Per call and observer: how often it was told. */
	private final AtomicIntegerArray told = new AtomicIntegerArray(CALLS * OBSERVERS);

	/** Per call: how often an observer was told anything but the call's outcome. */
	private final AtomicIntegerArray wrong = new AtomicIntegerArray(CALLS);

	private final AtomicInteger arrivals = new AtomicInteger();

	@Test
	void whoeverRacesEachObserverIsToldOnceAndOneEndWins() throws InterruptedException {
		List<Thread> threads = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			int number = i;
			threads.add(new Thread(() -> race(number), "race-" + i));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join(PATIENCE_MILLIS);
			assertThat(thread.isAlive()).as("thread that did not come back").isFalse();
		}
		assertThat(count(this.wins, 1)).isEqualTo(CALLS);
		assertThat(count(this.told, 1)).isEqualTo((long) CALLS * OBSERVERS);
		assertThat(count(this.wrong, 0)).isEqualTo(CALLS);
		assertThat(IntStream.range(0, CALLS).filter((i) -> this.calls[i].outcome() != this.winning.get(i))).isEmpty();
	}

	private void race(int thread) {
		for (int from = 0; from < CALLS; from += BATCH) {
			IntStream.range(from, from + BATCH).forEach((i) -> register(i, thread * OBSERVERS_PER_THREAD));
			meet(from / BATCH);
			IntStream.range(from, from + BATCH).forEach((i) -> {
				end(i, thread);
				register(i, thread * OBSERVERS_PER_THREAD + 1);
			});
		}
	}

	private void register(int index, int observer) {
		this.calls[index].onOutcome((call, outcome) -> {
			this.told.incrementAndGet(index * OBSERVERS + observer);
			if (outcome != call.outcome()) {
				this.wrong.incrementAndGet(index);
			}
		});
	}

	private void end(int index, int thread) {
		Outcome outcome = (thread == 0) ? Failure.of(FailureKind.TIMEOUT, "late") : new Reply(index, Context.empty());
		if (this.calls[index].end(outcome)) {
			this.wins.incrementAndGet(index);
			this.winning.set(index, outcome);
		}
	}

	/** Spins, because who wakes from a wait comes too late to race. */
	private void meet(int round) {
		this.arrivals.incrementAndGet();
		for (int spins = 0; this.arrivals.get() < (round + 1) * THREADS; spins++) {
			if (spins < MAX_SPINS) {
				Thread.onSpinWait();
			}
			else {
				Thread.yield();
			}
		}
	}

	private static long count(AtomicIntegerArray numbers, int wanted) {
		return IntStream.range(0, numbers.length()).filter((i) -> numbers.get(i) == wanted).count();
	}

}
