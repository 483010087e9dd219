package io.scalesrpc.client.delivery;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.Internal;
import io.scalesrpc.call.Failure;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs completions on an executor. Those of calls that end together are handed over
 * together: one worker empties a queue, so that a turn of an event loop wakes at most one
 * thread. When a completion waits behind one that blocks, perhaps for that very one, the
 * next look of the timer sends another worker to help; so blocking callbacks neither stop
 * the others nor each other. When the executor takes nothing, the threads of callbacks do
 * it. When too much waits, new calls are refused: what waits is what was in flight then.
 * No completion runs on an event loop or the timer. <em>Thread-safe</em>.
 */
@Internal
public final class ExecutorDelivery implements Delivery {

	private static final Logger logger = LoggerFactory.getLogger(ExecutorDelivery.class);

	/** How long a completion waits behind a slow one before help comes, at most twice. */
	static final long LOOK_MILLIS = 5;

	/**
	 * How often a worker that has run dry lets others go first before it ends: to wake
	 * another costs more.
	 */
	private static final int LINGERING = 4;

	/** From so many completions on that wait for a thread, calls are refused. */
	static final int MAX_WAITING = 16_384;

	private final Executor executor;

	private final Executor spare;

	private final Timer timer;

	private final Queue<Runnable> queue = new ConcurrentLinkedQueue<>();

	/** Workers that will look at the queue again before they end. */
	private final AtomicInteger workers = new AtomicInteger();

	private final AtomicLong queued = new AtomicLong();

	private final AtomicLong taken = new AtomicLong();

	private final AtomicBoolean watched = new AtomicBoolean();

	/** Whether a helper waits for a thread: a second one would wait as well. */
	private final AtomicBoolean helperWaits = new AtomicBoolean();

	/**
	 * Creates a delivery.
	 * @param executor runs the completions
	 * @param spare runs them when the executor rejects
	 * @param timer looks whether one is stuck
	 */
	public ExecutorDelivery(Executor executor, Executor spare, Timer timer) {
		this.executor = executor;
		this.spare = spare;
		this.timer = timer;
	}

	@Override
	public void deliver(Runnable completion) {
		this.queue.add(completion);
		this.queued.incrementAndGet();
		if (this.workers.get() == 0 && this.workers.compareAndSet(0, 1)) {
			startFirst();
		}
		else if (!this.watched.get()) {
			// The worker this one relies on may be blocked.
			watch();
		}
	}

	@Override
	public @Nullable Failure refusal() {
		long waiting = this.queued.get() - this.taken.get();
		return (waiting < MAX_WAITING) ? null : Failure
			.withheld("callbacks waiting for a thread: " + waiting + " (expected: fewer than " + MAX_WAITING + ")");
	}

	private void startFirst() {
		if (!isStarted(this.executor, this::work) && !isStarted(this.spare, this::work)) {
			// All threads have stopped, and a call always ends: if need be here.
			work();
		}
	}

	private static boolean isStarted(Executor executor, Runnable worker) {
		try {
			executor.execute(worker);
			return true;
		}
		catch (RuntimeException ex) {
			logger.trace("Completions were rejected", ex);
			return false;
		}
	}

	private void work() {
		do {
			for (Runnable next = next(); next != null; next = next()) {
				this.taken.incrementAndGet();
				Completions.runAmongOthers(next);
			}
			this.workers.decrementAndGet();
			// What was queued while this worker still counted relied on it.
		}
		while (!this.queue.isEmpty() && this.workers.compareAndSet(0, 1));
	}

	/** The next completion; {@code null} if there is none soon. */
	private @Nullable Runnable next() {
		Runnable next = this.queue.poll();
		for (int i = 0; next == null && i < LINGERING; i++) {
			Thread.yield();
			next = this.queue.poll();
		}
		return next;
	}

	private void watch() {
		if (this.watched.compareAndSet(false, true)) {
			look(this.queued.get());
		}
	}

	private void look(long seen) {
		try {
			this.timer.schedule(() -> helpIfStuck(seen), LOOK_MILLIS, TimeUnit.MILLISECONDS);
		}
		catch (IllegalStateException ex) {
			// The timer is closed, and the client with it: what waits is done by the
			// workers that are there, or will be.
			logger.trace("No help any more for completions that wait", ex);
		}
	}

	private void helpIfStuck(long seen) {
		if (this.queue.isEmpty()) {
			this.watched.set(false);
			if (!this.queue.isEmpty()) {
				watch();
			}
			return;
		}
		if (this.taken.get() - seen < 0 && this.helperWaits.compareAndSet(false, true)) {
			startHelper();
		}
		look(this.queued.get());
	}

	private void startHelper() {
		this.workers.incrementAndGet();
		if (!isStarted(this.executor, this::help) && !isStarted(this.spare, this::help)) {
			this.workers.decrementAndGet();
			this.helperWaits.set(false);
		}
	}

	private void help() {
		this.helperWaits.set(false);
		work();
	}

}
