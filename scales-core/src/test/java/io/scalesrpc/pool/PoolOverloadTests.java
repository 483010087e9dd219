package io.scalesrpc.pool;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

import io.scalesrpc.call.Call;
import io.scalesrpc.call.Failure;
import io.scalesrpc.call.Reply;
import io.scalesrpc.call.SinkState;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.testing.Calls;
import io.scalesrpc.testing.FakeTime;
import io.scalesrpc.testing.ScriptedRandom;
import io.scalesrpc.transport.Connection;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Far more calls than a pool can serve, from several threads. <em>Thread-safe</em>.
 */
class PoolOverloadTests {

	private static final int CONNECTIONS = 4;

	private static final int QUEUE = 8;

	private static final int THREADS = 4;

	private static final int CALLS = 20_000;

	private final FakeTime time = new FakeTime();

	private final AtomicInteger undecided = new AtomicInteger();

	private final AtomicInteger mostUndecided = new AtomicInteger();

	private final AtomicInteger answered = new AtomicInteger();

	/**
	 * A call that there is no room for has ended when its dispatch returns, whoever is at
	 * work in the pool: it must wait neither behind tasks of others nor for them.
	 */
	@Test
	void noMoreCallsAreUndecidedThanThereIsRoomFor() throws Exception {
		ExecutorService loop = Executors.newSingleThreadExecutor();
		WatermarkPool pool = pool(loop);
		List<Thread> callers = new ArrayList<>();
		for (int i = 0; i < THREADS; i++) {
			callers.add(new Thread(() -> flood(pool)));
		}
		callers.forEach(Thread::start);
		for (Thread caller : callers) {
			caller.join();
		}
		loop.submit(() -> {
		}).get();
		pool.close(Duration.ofSeconds(1)).toCompletableFuture().join();
		loop.shutdown();
		// Of an ended call the observers may still be told while the next one is lent its
		// connection.
		assertThat(this.mostUndecided.get()).isBetween(QUEUE, 2 * (CONNECTIONS + QUEUE + THREADS));
		assertThat(this.undecided).hasValue(0);
		assertThat(this.answered.get()).isPositive();
	}

	private WatermarkPool pool(ExecutorService loop) {
		PoolSettings settings = new PoolSettings(1, CONNECTIONS, QUEUE, Duration.ofMinutes(1), Duration.ZERO);
		PoolTerms terms = new PoolTerms(settings, this.time, this.time, ScriptedRandom.seeded(1), loop);
		WatermarkPool pool = new WatermarkPool(
				new PoolGrowth(Member.of("10.0.0.7", 9090),
						(member, listener) -> loop.execute(() -> listener.opened(new LoopConnection(loop))), terms),
				terms);
		pool.begin(new LoopConnection(loop));
		return pool;
	}

	private void flood(WatermarkPool pool) {
		for (int i = 0; i < CALLS; i++) {
			Call call = Calls.unwatched();
			this.mostUndecided.accumulateAndGet(this.undecided.incrementAndGet(), Math::max);
			call.onOutcome((ended, outcome) -> {
				this.undecided.decrementAndGet();
				this.answered.addAndGet((outcome instanceof Reply) ? 1 : 0);
			});
			pool.dispatch(call);
		}
	}

	/** Answers on its loop. <em>Thread-safe</em>. */
	private static final class LoopConnection implements Connection {

		private final ExecutorService loop;

		private final CompletableFuture<Void> closed = new CompletableFuture<>();

		LoopConnection(ExecutorService loop) {
			this.loop = loop;
		}

		@Override
		public void dispatch(Call call) {
			this.loop.execute(() -> call.end(Reply.EMPTY));
		}

		@Override
		public SinkState state() {
			return this.closed.isDone() ? SinkState.CLOSED : SinkState.OPEN;
		}

		@Override
		public boolean isDraining() {
			return false;
		}

		@Override
		public void onClosed(Consumer<@Nullable Failure> listener) {
			this.closed.whenComplete((nothing, ex) -> listener.accept(null));
		}

		@Override
		public CompletionStage<Void> close(Duration grace) {
			this.closed.complete(null);
			return this.closed;
		}

	}

}
