package io.scalesrpc.transport;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.channel.EventLoop;
import io.scalesrpc.testing.Sockets;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

@Sockets
class LazyTimerTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	private final LazyTimer timer = new LazyTimer("scales-test-timer", Ticker.SYSTEM);

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
		this.timer.schedule(() -> known.complete(LazyTimer.isCurrentThread() && EventLoops.isCurrentThread()), 0,
				TimeUnit.NANOSECONDS);
		assertThat(known).succeedsWithin(PATIENCE).isEqualTo(true);
		assertThat(LazyTimer.isCurrentThread()).isFalse();
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
	void tasksRunInTheOrderOfTheirTimes() {
		List<Integer> order = new CopyOnWriteArrayList<>();
		CompletableFuture<Void> last = new CompletableFuture<>();
		this.timer.schedule(() -> last.complete(null), 90, TimeUnit.MILLISECONDS);
		for (int millis : new int[] { 60, 30, 10, 45 }) {
			this.timer.schedule(() -> order.add(millis), millis, TimeUnit.MILLISECONDS);
		}
		assertThat(last).succeedsWithin(PATIENCE);
		assertThat(order).containsExactly(10, 30, 45, 60);
	}

	/** Half of them are called off, most before the thread has seen them. */
	@Test
	void ofManyTasksEachRunsOrWasCalledOff() throws InterruptedException {
		int threads = 4;
		int each = 20_000;
		AtomicInteger runs = new AtomicInteger();
		AtomicInteger calledOff = new AtomicInteger();
		CountDownLatch over = new CountDownLatch(threads);
		for (int i = 0; i < threads; i++) {
			new Thread(() -> {
				for (int task = 0; task < each; task++) {
					Timeout timeout = this.timer.schedule(runs::incrementAndGet, task % 20, TimeUnit.MILLISECONDS);
					if (task % 2 == 0 && timeout.cancel()) {
						calledOff.incrementAndGet();
					}
				}
				over.countDown();
			}).start();
		}
		assertThat(over.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
		CompletableFuture<Void> last = new CompletableFuture<>();
		this.timer.schedule(() -> last.complete(null), 25, TimeUnit.MILLISECONDS);
		assertThat(last).succeedsWithin(PATIENCE);
		assertThat(runs.get() + calledOff.get()).isEqualTo(threads * each);
		assertThat(runs.get()).isGreaterThanOrEqualTo(threads * each / 2);
	}

	@Test
	void whatWasCalledOffIsLetGo() {
		CompletableFuture<Void> seen = new CompletableFuture<>();
		List<Timeout> timeouts = new ArrayList<>();
		List<WeakReference<Object>> kept = new ArrayList<>();
		for (int i = 0; i < 10; i++) {
			Object call = new Object();
			kept.add(new WeakReference<>(call));
			timeouts.add(
					this.timer.schedule(() -> seen.completeExceptionally(new AssertionError(call)), 1, TimeUnit.HOURS));
		}
		this.timer.schedule(() -> seen.complete(null), 0, TimeUnit.MILLISECONDS);
		assertThat(seen).succeedsWithin(PATIENCE);
		timeouts.forEach(Timeout::cancel);
		timeouts.clear();
		for (int i = 0; i < 50 && !kept.stream().allMatch((call) -> call.refersTo(null)); i++) {
			System.gc();
		}
		assertThat(kept).allMatch((call) -> call.refersTo(null));
	}

	/** A wheel of 2 ms would wake 250 times. */
	@Test
	void aTimerThatWaitsDoesNotWake() {
		CompletableFuture<Thread> thread = new CompletableFuture<>();
		this.timer.schedule(() -> thread.complete(Thread.currentThread()), 0, TimeUnit.MILLISECONDS);
		assertThat(thread).succeedsWithin(PATIENCE);
		this.timer.schedule(() -> {
		}, 1, TimeUnit.HOURS);
		awaitParked(thread.join());
		long before = waits(thread.join());
		CountDownLatch halfASecond = new CountDownLatch(1);
		assertThat(await(halfASecond, 500)).isFalse();
		assertThat(waits(thread.join()) - before).isLessThanOrEqualTo(1);
	}

	private static void awaitParked(Thread thread) {
		while (thread.getState() != Thread.State.TIMED_WAITING) {
			Thread.onSpinWait();
		}
	}

	private static long waits(Thread thread) {
		return ManagementFactory.getThreadMXBean().getThreadInfo(thread.getId()).getWaitedCount();
	}

	private static boolean await(CountDownLatch latch, long millis) {
		try {
			return latch.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void tasksOfAnEventLoopRunThereAndTheTimersThreadIsNotNeeded() {
		EventLoops loops = EventLoops.create("scales-test-io", 1);
		EventLoop loop = loops.group().next();
		Timer onLoop = this.timer.on(loop);
		CompletableFuture<Boolean> ran = new CompletableFuture<>();
		onLoop.schedule(() -> {
			throw new IllegalStateException("thrown on purpose");
		}, 1, TimeUnit.MILLISECONDS);
		Timeout never = onLoop.schedule(() -> ran.complete(false), 1, TimeUnit.HOURS);
		assertThat(never.cancel()).isTrue();
		assertThat(never.cancel()).isFalse();
		onLoop.schedule(() -> ran.complete(loop.inEventLoop()), 2, TimeUnit.MILLISECONDS);
		assertThat(ran).succeedsWithin(PATIENCE).isEqualTo(true);
		assertThat(Thread.getAllStackTraces().keySet()).extracting(Thread::getName)
			.noneMatch((name) -> name.startsWith("scales-test-timer"));
		assertThat(loops.close(Duration.ZERO)).succeedsWithin(PATIENCE);
	}

	@Test
	void tasksOfAnotherThreadAreHandedToIt() {
		Queue<Runnable> handed = new ConcurrentLinkedQueue<>();
		CountDownLatch ran = new CountDownLatch(1);
		this.timer.on((task) -> {
			handed.add(task);
			ran.countDown();
		}).schedule(() -> handed.clear(), 1, TimeUnit.MILLISECONDS);
		assertThat(await(ran, PATIENCE.toMillis())).isTrue();
		handed.remove().run();
		assertThat(handed).isEmpty();
	}

	@Test
	void aClosedTimerSaysThatItIs() {
		this.timer.close();
		assertThatIllegalStateException().isThrownBy(() -> this.timer.schedule(() -> {
		}, 1, TimeUnit.MILLISECONDS));
	}

}
