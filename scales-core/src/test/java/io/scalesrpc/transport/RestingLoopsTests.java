package io.scalesrpc.transport;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.netty.util.concurrent.Ticker;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** For how long an event loop that has nothing to do would sleep. */
class RestingLoopsTests {

	private final Scripted handler = new Scripted();

	private final RestingLoops loops = new RestingLoops(1, new DefaultThreadFactory("resting", true),
			new IoHandlerFactory() {

				@Override
				public IoHandler newHandler(ThreadAwareExecutor executor) {
					return RestingLoopsTests.this.handler;
				}

			});

	@AfterEach
	void stop() {
		this.loops.shutdownGracefully(0, 0, TimeUnit.MILLISECONDS);
		assertThat(this.loops.terminationFuture().awaitUninterruptibly(30, TimeUnit.SECONDS)).isTrue();
	}

	@Test
	void withNothingScheduledItSleepsUntilItIsWoken() throws InterruptedException {
		this.loops.execute(() -> {
		});
		Sleep sleep = this.handler.next();
		assertThat(sleep.deadline()).isEqualTo(-1);
		assertThat(sleep.delay()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void withATaskScheduledItSleepsUntilThen() throws InterruptedException {
		Future<?> inAnHour = this.loops.schedule(() -> {
		}, 1, TimeUnit.HOURS);
		Sleep sleep = this.handler.next();
		while (sleep.deadline() == -1) {
			sleep = this.handler.next();
		}
		assertThat(sleep.delay()).isBetween(TimeUnit.MINUTES.toNanos(50), TimeUnit.HOURS.toNanos(1));
		inAnHour.cancel(false);
		this.loops.execute(() -> {
		});
		Sleep after = this.handler.next();
		while (after.deadline() != -1) {
			after = this.handler.next();
		}
		assertThat(after.delay()).isEqualTo(Long.MAX_VALUE);
	}

	@Test
	void whatIsDueWithinAMillisecondSharesAWakeUp() throws InterruptedException {
		this.loops.schedule(() -> {
		}, 1, TimeUnit.HOURS);
		Sleep sleep = this.handler.next();
		while (sleep.deadline() == -1) {
			sleep = this.handler.next();
		}
		assertThat(sleep.deadline() - sleep.delay() - sleep.now()).isEqualTo(TimeUnit.MILLISECONDS.toNanos(1));
	}

	@Test
	void whatIsDueNeverWakesNobody() throws InterruptedException {
		this.loops.schedule(() -> {
		}, Long.MAX_VALUE, TimeUnit.NANOSECONDS);
		Sleep sleep = this.handler.next();
		while (sleep.deadline() == -1) {
			sleep = this.handler.next();
		}
		assertThat(sleep.deadline()).isEqualTo(Long.MAX_VALUE);
	}

	/**
	 * How long the loop lets its handler sleep.
	 *
	 * @param now when it was asked, counted as the deadline is
	 * @param deadline until when
	 * @param delay for how long
	 */
	private record Sleep(long now, long deadline, long delay) {
	}

	/** Tells how long it may sleep, and sleeps until it is woken. */
	private static final class Scripted implements IoHandler {

		private final BlockingQueue<Sleep> sleeps = new LinkedBlockingQueue<>();

		private final Semaphore woken = new Semaphore(0);

		Sleep next() throws InterruptedException {
			Sleep sleep = this.sleeps.poll(30, TimeUnit.SECONDS);
			assertThat(sleep).isNotNull();
			return sleep;
		}

		@Override
		public void initialize() {
		}

		@Override
		public int run(IoHandlerContext context) {
			if (context.canBlock()) {
				long now = System.nanoTime();
				this.sleeps.add(new Sleep(now - Ticker.systemTicker().initialNanoTime(), context.deadlineNanos(),
						context.delayNanos(now)));
				this.woken.acquireUninterruptibly();
			}
			return 0;
		}

		@Override
		public void prepareToDestroy() {
		}

		@Override
		public void destroy() {
		}

		@Override
		public IoRegistration register(IoHandle handle) {
			throw new UnsupportedOperationException();
		}

		@Override
		public void wakeup() {
			this.woken.release();
		}

		@Override
		public boolean isCompatible(Class<? extends IoHandle> type) {
			return true;
		}

	}

}
