package io.scalesrpc.transport;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.time.Timer.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class WheelTimerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final WheelTimer timer = new WheelTimer("scales-test-timer");

	@AfterEach
	void close() {
		this.timer.close();
	}

	@Test
	void aTaskRunsOnTheTimersThreadAndNotBeforeItsTime() {
		long start = System.nanoTime();
		CompletableFuture<Long> ran = new CompletableFuture<>();
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.timer.schedule(() -> {
			thread.complete(Thread.currentThread());
			ran.complete(System.nanoTime());
		}, 20, TimeUnit.MILLISECONDS);
		assertThat(ran).succeedsWithin(PATIENCE)
			.satisfies((end) -> assertThat(end - start).isGreaterThanOrEqualTo(Duration.ofMillis(20).toNanos()));
		assertThat(thread.join().getName()).startsWith("scales-test-timer");
		assertThat(thread.join().isDaemon()).isTrue();
	}

	@Test
	void whoSchedulesTheFirstTaskKeepsItsInterrupt() {
		CompletableFuture<Void> ran = new CompletableFuture<>();
		Thread.currentThread().interrupt();
		this.timer.schedule(() -> ran.complete(null), 0, TimeUnit.NANOSECONDS);
		assertThat(Thread.interrupted()).isTrue();
		assertThat(ran).succeedsWithin(PATIENCE);
	}

	@Test
	void theTimersThreadIsKnown() {
		CompletableFuture<Boolean> known = new CompletableFuture<>();
		this.timer.schedule(() -> known.complete(WheelTimer.isCurrentThread() && EventLoops.isCurrentThread()), 0,
				TimeUnit.NANOSECONDS);
		assertThat(known).succeedsWithin(PATIENCE).isEqualTo(true);
		assertThat(WheelTimer.isCurrentThread()).isFalse();
	}

	@Test
	void aTaskWithoutDelayRunsAtTheNextTick() {
		CompletableFuture<Void> ran = new CompletableFuture<>();
		this.timer.schedule(() -> ran.complete(null), 0, TimeUnit.NANOSECONDS);
		assertThat(ran).succeedsWithin(PATIENCE);
	}

	@Test
	void aTaskThatWasCalledOffDoesNotRun() {
		AtomicInteger runs = new AtomicInteger();
		CompletableFuture<Void> later = new CompletableFuture<>();
		Timeout timeout = this.timer.schedule(runs::incrementAndGet, 20, TimeUnit.MILLISECONDS);
		assertThat(timeout.cancel()).isTrue();
		assertThat(timeout.cancel()).isFalse();
		this.timer.schedule(() -> later.complete(null), 40, TimeUnit.MILLISECONDS);
		assertThat(later).succeedsWithin(PATIENCE);
		assertThat(runs).hasValue(0);
	}

	@Test
	void aTaskThatHasRunCannotBeCalledOff() throws InterruptedException {
		CountDownLatch ran = new CountDownLatch(1);
		Timeout timeout = this.timer.schedule(ran::countDown, 1, TimeUnit.MILLISECONDS);
		assertThat(ran.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		assertThat(timeout.cancel()).isFalse();
	}

	@Test
	void aTaskThatThrowsDoesNotStopTheTimer() {
		CompletableFuture<Void> later = new CompletableFuture<>();
		this.timer.schedule(() -> {
			throw new IllegalStateException("a bad task, thrown by a test");
		}, 1, TimeUnit.MILLISECONDS);
		this.timer.schedule(() -> later.complete(null), 20, TimeUnit.MILLISECONDS);
		assertThat(later).succeedsWithin(PATIENCE);
	}

	@Test
	void closingGivesTheThreadBackAndForgetsWhatWaits() {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.timer.schedule(() -> thread.complete(Thread.currentThread()), 0, TimeUnit.MILLISECONDS);
		assertThat(thread).succeedsWithin(PATIENCE);
		AtomicInteger runs = new AtomicInteger();
		this.timer.schedule(runs::incrementAndGet, 1, TimeUnit.HOURS);
		this.timer.close();
		assertThat(thread.join().isAlive()).isFalse();
		assertThat(runs).hasValue(0);
	}

	@Test
	void aClosedTimerSaysThatItIs() {
		this.timer.close();
		assertThatIllegalStateException().isThrownBy(() -> this.timer.schedule(() -> {
		}, 1, TimeUnit.MILLISECONDS));
	}

}
