package io.scalesrpc.transport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;

import io.scalesrpc.testing.Sockets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

@Sockets
class EventLoopsTests {

	private static final Duration PATIENCE = Duration.ofSeconds(10);

	@Test
	void closingGivesEveryThreadBack() throws InterruptedException, ExecutionException {
		EventLoops loops = EventLoops.create("scales-test-loop", 2);
		Set<Thread> threads = new HashSet<>();
		for (int i = 0; i < 4; i++) {
			threads.add(loops.group().submit(Thread::currentThread).get());
		}
		assertThat(threads).hasSize(2).allSatisfy((thread) -> {
			assertThat(thread.getName()).startsWith("scales-test-loop");
			assertThat(thread.isDaemon()).isTrue();
		});
		assertThat(loops.close(Duration.ofSeconds(1)).toCompletableFuture()).succeedsWithin(PATIENCE);
		for (Thread thread : threads) {
			thread.join(PATIENCE.toMillis());
		}
		assertThat(threads).noneMatch(Thread::isAlive);
	}

	@Test
	void loopsThatWereNeverUsedCloseToo() {
		EventLoops loops = EventLoops.create("scales-test-loop", 1);
		assertThat(loops.close(Duration.ZERO).toCompletableFuture()).succeedsWithin(PATIENCE);
	}

	@Test
	void closingTwiceIsClosing() {
		EventLoops loops = EventLoops.create("scales-test-loop", 1);
		assertThat(loops.close(Duration.ZERO).toCompletableFuture()).succeedsWithin(PATIENCE);
		assertThat(loops.close(Duration.ofSeconds(5)).toCompletableFuture()).succeedsWithin(PATIENCE);
	}

	@Test
	void closingWaitsForTheTaskThatRuns() throws InterruptedException {
		EventLoops loops = EventLoops.create("scales-test-loop", 1);
		List<String> order = new ArrayList<>();
		CountDownLatch running = new CountDownLatch(1);
		CountDownLatch mayEnd = new CountDownLatch(1);
		loops.group().execute(() -> {
			running.countDown();
			awaitUninterrupted(mayEnd);
			order.add("task");
		});
		running.await();
		CompletionStage<Void> closed = loops.close(PATIENCE).thenRun(() -> order.add("closed"));
		assertThat(closed.toCompletableFuture()).isNotDone();
		mayEnd.countDown();
		assertThat(closed.toCompletableFuture()).succeedsWithin(PATIENCE);
		assertThat(order).containsExactly("task", "closed");
	}

	private static void awaitUninterrupted(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
