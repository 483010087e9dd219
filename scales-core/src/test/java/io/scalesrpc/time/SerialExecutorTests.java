package io.scalesrpc.time;

import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SerialExecutor}. <em>Confined to the test's thread.</em>
 */
class SerialExecutorTests {

	/** What others are to go on with. */
	private final Deque<Runnable> handedOn = new ConcurrentLinkedDeque<>();

	private final SerialExecutor serial = new SerialExecutor(this.handedOn::add);

	private final List<String> log = new ArrayList<>();

	@Test
	void aTaskRunsBeforeExecuteReturns() {
		this.serial.execute(() -> this.log.add("ran"));
		assertThat(this.log).containsExactly("ran");
	}

	@Test
	void aTaskHandedInFromWithinATaskRunsAfterIt() {
		this.serial.execute(() -> {
			this.serial.execute(() -> this.log.add("inner"));
			this.log.add("outer");
		});
		assertThat(this.log).containsExactly("outer", "inner");
	}

	@Test
	void aTaskThatThrowsStopsNeitherItsCallerNorTheNext() {
		this.serial.execute(() -> {
			this.serial.execute(() -> this.log.add("next"));
			throw new AssertionError("thrown by a test");
		});
		assertThat(this.log).containsExactly("next");
	}

	@Test
	void whoeverFindsATaskRunningDoesNotWaitForIt() throws InterruptedException {
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch release = new CountDownLatch(1);
		Thread other = new Thread(() -> this.serial.execute(() -> {
			running.countDown();
			await(release);
		}));
		other.start();
		assertThat(running.await(10, TimeUnit.SECONDS)).isTrue();
		AtomicInteger ranOn = new AtomicInteger();
		this.serial.execute(() -> ranOn.set((Thread.currentThread() == other) ? 1 : 2));
		assertThat(ranOn).hasValue(0);
		release.countDown();
		other.join();
		assertThat(ranOn).hasValue(1);
	}

	@Test
	void nobodyRunsMoreThanAFewTasksInARowAndOthersGoOnWithTheRest() {
		int tasks = 3 * SerialExecutor.MAX_IN_A_ROW;
		this.serial.execute(() -> {
			for (int i = 1; i < tasks; i++) {
				this.serial.execute(() -> this.log.add("ran"));
			}
		});
		assertThat(this.log).hasSize(SerialExecutor.MAX_IN_A_ROW - 1);
		this.serial.execute(() -> this.log.add("last"));
		assertThat(this.log).hasSize(SerialExecutor.MAX_IN_A_ROW - 1);
		this.handedOn.remove().run();
		assertThat(this.log).hasSize(2 * SerialExecutor.MAX_IN_A_ROW - 1);
		runHandedOn();
		assertThat(this.log).hasSize(tasks).endsWith("ran", "last");
	}

	@Test
	void asManyTasksAsOneThreadRunsAreNotHandedOn() {
		this.serial.execute(() -> {
			for (int i = 1; i < SerialExecutor.MAX_IN_A_ROW; i++) {
				this.serial.execute(() -> this.log.add("ran"));
			}
		});
		assertThat(this.log).hasSize(SerialExecutor.MAX_IN_A_ROW - 1);
		assertThat(this.handedOn).isEmpty();
	}

	@Test
	void tasksRunWhereTheyAreWhenThereIsNobodyToGoOn() {
		SerialExecutor alone = new SerialExecutor((task) -> {
			throw new RejectedExecutionException("thrown by a test");
		});
		alone.execute(() -> {
			for (int i = 0; i < 1000; i++) {
				alone.execute(() -> this.log.add("ran"));
			}
		});
		assertThat(this.log).hasSize(1000);
	}

	@Test
	void tasksOfManyThreadsNeverOverlapAndNoneIsLost() throws InterruptedException {
		int[] unguarded = new int[1];
		List<Thread> threads = new ArrayList<>();
		for (int t = 0; t < 4; t++) {
			threads.add(new Thread(() -> {
				for (int i = 0; i < 20_000; i++) {
					this.serial.execute(() -> unguarded[0]++);
				}
			}));
		}
		threads.forEach(Thread::start);
		for (Thread thread : threads) {
			thread.join();
		}
		runHandedOn();
		this.serial.execute(() -> this.log.add("total " + unguarded[0]));
		assertThat(this.log).containsExactly("total 80000");
	}

	private void runHandedOn() {
		while (!this.handedOn.isEmpty()) {
			this.handedOn.remove().run();
		}
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
