package io.scalesrpc.server.limit;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.netty.util.concurrent.DefaultThreadFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class HandlerThreadsTests {

	private static final long PATIENCE_SECONDS = 60;

	private final List<Thread> made = new ArrayList<>();

	private final HandlerThreads threads = new HandlerThreads(recording(new DefaultThreadFactory("handlers", true)));

	private ThreadFactory recording(ThreadFactory factory) {
		return (task) -> {
			Thread thread = factory.newThread(task);
			synchronized (this.made) {
				this.made.add(thread);
			}
			return thread;
		};
	}

	@AfterEach
	void everyThreadEnds() throws InterruptedException {
		this.threads.close();
		for (Thread thread : this.made) {
			thread.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
			assertThat(thread.isAlive()).isFalse();
		}
	}

	private static void await(CountDownLatch latch) throws InterruptedException {
		assertThat(latch.await(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void callsThatBlockHaveAThreadEach() throws InterruptedException {
		int calls = 100;
		CountDownLatch begun = new CountDownLatch(calls);
		CountDownLatch letGo = new CountDownLatch(1);
		Set<Thread> running = ConcurrentHashMap.newKeySet();
		for (int i = 0; i < calls; i++) {
			this.threads.execute(() -> {
				running.add(Thread.currentThread());
				begun.countDown();
				awaitQuietly(letGo);
			});
		}
		await(begun);
		assertThat(running).hasSize(calls);
		letGo.countDown();
	}

	@Test
	void manyCallsWakeOneThreadAtATime() {
		List<Runnable> workers = new ArrayList<>();
		HandlerThreads idle = new HandlerThreads((task) -> new Thread() {

			@Override
			public synchronized void start() {
				workers.add(task);
			}

		});
		AtomicInteger ran = new AtomicInteger();
		for (int i = 0; i < 1000; i++) {
			idle.execute(ran::incrementAndGet);
		}
		assertThat(workers).hasSize(1);
		// It does not rest in the end, since there is no more to come.
		idle.close();
		workers.get(0).run();
		assertThat(ran).hasValue(1000);
		// The first to run has asked for a second, once, to be there if it blocks.
		assertThat(workers).hasSize(2);
		workers.get(1).run();
	}

	@Test
	void whatACallThrowsIsToldAndEndsNoThread() throws InterruptedException {
		BlockingQueue<Throwable> told = new LinkedBlockingQueue<>();
		CountDownLatch ended = new CountDownLatch(1);
		HandlerThreads throwing = new HandlerThreads((task) -> {
			Thread thread = new Thread(task, "throwing");
			thread.setUncaughtExceptionHandler((where, ex) -> told.add(ex));
			return thread;
		});
		throwing.execute(() -> {
			throw new IllegalStateException("first");
		});
		assertThat(told.poll(PATIENCE_SECONDS, TimeUnit.SECONDS)).hasMessage("first");
		throwing.execute(ended::countDown);
		await(ended);
		throwing.close();
	}

	@Test
	void whereNoThreadCanBeMadeTheCallIsRejected() {
		HandlerThreads none = new HandlerThreads((task) -> {
			throw new OutOfMemoryError("unable to create native thread");
		});
		for (int i = 0; i < 2; i++) {
			assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> none.execute(() -> {
			})).withMessage("threads of handlers: none more").withCauseInstanceOf(OutOfMemoryError.class);
		}
	}

	@Test
	void afterTheEndNothingIsTaken() {
		this.threads.close();
		assertThatExceptionOfType(RejectedExecutionException.class).isThrownBy(() -> this.threads.execute(() -> {
		}));
	}

	@Test
	void whatWasTakenBeforeTheEndStillRuns() throws InterruptedException {
		CountDownLatch letGo = new CountDownLatch(1);
		CountDownLatch ran = new CountDownLatch(100);
		for (int i = 0; i < 100; i++) {
			this.threads.execute(() -> {
				awaitQuietly(letGo);
				ran.countDown();
			});
		}
		this.threads.close();
		letGo.countDown();
		await(ran);
	}

	@Test
	void noCallIsForgottenWhenManyBringThem() throws InterruptedException {
		int bringers = 4;
		int each = 20_000;
		CountDownLatch ran = new CountDownLatch(bringers * each);
		List<Thread> bringing = new ArrayList<>();
		for (int i = 0; i < bringers; i++) {
			Thread thread = new Thread(() -> {
				for (int call = 0; call < each; call++) {
					this.threads.execute(ran::countDown);
				}
			});
			thread.start();
			bringing.add(thread);
		}
		for (Thread thread : bringing) {
			thread.join();
		}
		await(ran);
	}

}
