package io.scalesrpc.client.proxy;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.time.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs completions on an executor. Those of calls that end together are handed over
 * together: one worker empties a queue, so that a turn of an event loop wakes at most one
 * thread. When a completion waits behind one that blocks, perhaps for that very one, the
 * next look of the timer sends another worker to help; so blocking callbacks neither stop
 * the others nor each other. When the executor takes nothing, or too much waits for it,
 * completions run in place: then whoever ended the call is as slow as its callback.
 * <em>Thread-safe</em>.
 */
public final class ExecutorDelivery implements Delivery {

	private static final Logger logger = LoggerFactory.getLogger(ExecutorDelivery.class);

	/** How long a completion waits behind a slow one before help comes, at most twice. */
	static final long LOOK_MILLIS = 5;

	/** Completions that may wait for a thread. */
	static final int MAX_WAITING = 16_384;

	private final Executor executor;

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
	 * @param timer looks whether one is stuck
	 */
	public ExecutorDelivery(Executor executor, Timer timer) {
		this.executor = executor;
		this.timer = timer;
	}

	@Override
	public void deliver(Runnable completion) {
		if (this.queued.get() - this.taken.get() >= MAX_WAITING) {
			Completions.run(completion);
			return;
		}
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

	private void startFirst() {
		try {
			this.executor.execute(this::work);
		}
		catch (RuntimeException ex) {
			// A call always ends, if need be here.
			work();
		}
	}

	private void work() {
		do {
			for (Runnable next = this.queue.poll(); next != null; next = this.queue.poll()) {
				this.taken.incrementAndGet();
				Completions.run(next);
			}
			this.workers.decrementAndGet();
			// What was queued while this worker still counted relied on it.
		}
		while (!this.queue.isEmpty() && this.workers.compareAndSet(0, 1));
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
		try {
			this.executor.execute(this::help);
		}
		catch (RuntimeException ex) {
			this.workers.decrementAndGet();
			this.helperWaits.set(false);
		}
	}

	private void help() {
		this.helperWaits.set(false);
		work();
	}

}
