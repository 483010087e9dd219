package io.scalesrpc.server.limit;

import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads of a server's handlers: as many as calls that run at a time, however long
 * they block, and no more than are needed for those that do not.
 * <p>
 * Whoever brings a call wakes or makes a thread only if none is on its way to the calls
 * already. One that takes a call and leaves others behind does the same before it runs
 * it, so that no call waits for a handler to return; and one that has run a call takes
 * the next without having slept. A hand-over to a thread of its own for each call would
 * cost more than the call. <em>Thread-safe</em>.
 */
final class HandlerThreads implements Executor {

	private static final long IDLE_NANOS = Duration.ofSeconds(30).toNanos();

	/**
	 * How often one that has run dry lets others go first before it sleeps: to fall
	 * asleep and to be woken costs more than a call.
	 */
	private static final int LINGERING = 4;

	private final Queue<Runnable> calls = new ConcurrentLinkedQueue<>();

	/** Those that sleep; the last to fall asleep is the first to be woken. */
	private final ConcurrentLinkedDeque<Worker> resting = new ConcurrentLinkedDeque<>();

	/** Whether a thread is on its way to the calls. */
	private final AtomicBoolean searching = new AtomicBoolean();

	private final ThreadFactory factory;

	private volatile boolean closed;

	/**
	 * Creates the executor, without a thread.
	 * @param factory makes threads, which end when there was nothing for them to do in 30
	 * seconds
	 */
	HandlerThreads(ThreadFactory factory) {
		this.factory = factory;
	}

	/**
	 * Has a call run.
	 * @param call what to run
	 * @throws RejectedExecutionException if this was closed, or no thread can be made
	 */
	@Override
	public void execute(Runnable call) {
		if (this.closed) {
			throw new RejectedExecutionException("threads of handlers: closed");
		}
		this.calls.add(call);
		try {
			search();
		}
		catch (Throwable ex) {
			if (this.calls.remove(call)) {
				throw new RejectedExecutionException("threads of handlers: none more", ex);
			}
		}
	}

	private void search() {
		if (this.searching.get() || !this.searching.compareAndSet(false, true)) {
			return;
		}
		Worker rested = this.resting.pollFirst();
		if (rested != null) {
			rested.wake();
			return;
		}
		boolean started = false;
		try {
			this.factory.newThread(new Worker()).start();
			started = true;
		}
		finally {
			if (!started) {
				this.searching.set(false);
			}
		}
	}

	/** Takes no more calls. Those it has still run; threads end with the last. */
	void close() {
		this.closed = true;
		for (Worker rested = this.resting.pollFirst(); rested != null; rested = this.resting.pollFirst()) {
			rested.wake();
		}
	}

	/** What one of the threads does. <em>Confined to that thread</em>, but for waking. */
	private final class Worker implements Runnable {

		private volatile boolean woken;

		private volatile Thread thread = Thread.currentThread();

		@Override
		public void run() {
			this.thread = Thread.currentThread();
			do {
				work();
			}
			while (linger() || rest());
		}

		/** Begins as the one that is on its way to the calls. */
		private void work() {
			Runnable call = take();
			while (call != null) {
				run(call);
				call = HandlerThreads.this.calls.poll();
			}
		}

		/** Somebody else can be on the way from now on, and is if calls are left. */
		private Runnable take() {
			HandlerThreads threads = HandlerThreads.this;
			Runnable call = threads.calls.poll();
			threads.searching.set(false);
			// Who brought one in between relied on this thread.
			return (call != null || threads.calls.isEmpty()) ? call : threads.calls.poll();
		}

		private void run(Runnable call) {
			try {
				if (!HandlerThreads.this.calls.isEmpty()) {
					HandlerThreads.this.search();
				}
			}
			catch (Throwable ex) {
				// No thread to be had: this one comes back for what is left.
				tell(ex);
			}
			try {
				call.run();
			}
			catch (Throwable ex) {
				tell(ex);
			}
		}

		private void tell(Throwable ex) {
			Thread current = Thread.currentThread();
			current.getUncaughtExceptionHandler().uncaughtException(current, ex);
		}

		/** Whether it is on the way to calls again without having slept. */
		private boolean linger() {
			HandlerThreads threads = HandlerThreads.this;
			if (!threads.searching.compareAndSet(false, true)) {
				return false;
			}
			for (int i = 0; i < LINGERING; i++) {
				if (!threads.calls.isEmpty()) {
					return true;
				}
				Thread.yield();
			}
			threads.searching.set(false);
			// Who brought one in between relied on this thread.
			return !threads.calls.isEmpty() && threads.searching.compareAndSet(false, true);
		}

		/** Sleeps until it is on the way to the calls; false if nobody needs it. */
		private boolean rest() {
			HandlerThreads threads = HandlerThreads.this;
			this.woken = false;
			threads.resting.addFirst(this);
			while (!this.woken) {
				if (!threads.closed) {
					// An interrupt was meant for a call that has ended.
					Thread.interrupted();
					LockSupport.parkNanos(this, IDLE_NANOS);
				}
				// If somebody else has taken it away, it is about to be woken.
				if (!this.woken && threads.resting.remove(this)) {
					return false;
				}
			}
			return true;
		}

		void wake() {
			this.woken = true;
			LockSupport.unpark(this.thread);
		}

	}

}
