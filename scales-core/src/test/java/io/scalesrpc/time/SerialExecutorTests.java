package io.scalesrpc.time;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of {@link SerialExecutor}. <em>Confined to the test's thread.</em>
 */
class SerialExecutorTests {

	private final SerialExecutor serial = new SerialExecutor();

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
		this.serial.execute(() -> this.log.add("total " + unguarded[0]));
		assertThat(this.log).containsExactly("total 80000");
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
