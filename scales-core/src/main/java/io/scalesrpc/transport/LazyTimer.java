package io.scalesrpc.transport;

import java.util.PriorityQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.concurrent.locks.LockSupport;

import io.netty.util.concurrent.EventExecutor;
import io.scalesrpc.Internal;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The timer of production: one daemon thread that sleeps until something is due, so that
 * a process at rest costs nothing, where a hashed wheel wakes at every tick.
 * <p>
 * Who schedules a task leaves it on a stack, and wakes the thread only if it sleeps
 * longer than that, or when many have been left there. Nearly all timeouts are of calls
 * that are answered at once and so are called off before the thread ever looks at them;
 * those it drops. The others it keeps in a heap of its own. Nobody waits for anybody.
 * <em>Thread-safe</em>.
 */
@Internal
public final class LazyTimer implements Timer, AutoCloseable {

	/** A task runs up to so much late, so that many that are due soon share a wake-up. */
	private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

	/** So many tasks wait on the stack before the thread is woken for their memory. */
	private static final int MANY = 1024;

	/** Fewer that were called off are not worth a search. */
	private static final int FEW = 64;

	/** While the thread is awake nobody needs to wake it. */
	private static final long AWAKE = Long.MIN_VALUE;

	private static final Logger logger = LoggerFactory.getLogger(LazyTimer.class);

	private final Ticker ticker;

	private final long origin;

	private final Thread thread;

	private final AtomicBoolean started = new AtomicBoolean();

	/** Tasks the thread has not seen; the latest is the first. */
	private final AtomicReference<@Nullable Entry> added = new AtomicReference<>();

	/** What stands on the stack of a closed timer. */
	private final Entry closed = new Entry(() -> {
	}, 0);

	/** Confined to the thread. */
	private final PriorityQueue<Entry> waiting = new PriorityQueue<>();

	/** Confined to the thread: numbers tasks in the order in which they came. */
	private int taken;

	/** About how many in the heap were called off. */
	private final AtomicInteger calledOff = new AtomicInteger();

	private volatile long wakeAt = AWAKE;

	/**
	 * Creates the timer; its thread starts with the first task.
	 * @param name the prefix of the thread's name
	 * @param ticker tells the time, which must pass as that of the JVM does
	 */
	public LazyTimer(String name, Ticker ticker) {
		this.ticker = ticker;
		this.origin = ticker.nanos();
		this.thread = IoThread.timerFactory(name).newThread(this::run);
	}

	/**
	 * Whether the current thread is the timer of any client or server, for which the
	 * deadlines of all others wait.
	 * @return {@code true} if nothing may take time on this thread
	 */
	public static boolean isCurrentThread() {
		return IoThread.isTimer();
	}

	@Override
	public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
		Entry entry = new Entry(task, due(Math.max(0, unit.toNanos(delay))));
		push(entry);
		if (!this.started.get() && this.started.compareAndSet(false, true)) {
			this.thread.start();
		}
		else if (entry.due < this.wakeAt || entry.number == MANY) {
			LockSupport.unpark(this.thread);
		}
		return entry;
	}

	@Override
	public Timer on(Executor thread) {
		return (thread instanceof EventExecutor loop) ? new LoopTimer(loop) : Timer.super.on(thread);
	}

	/** Of times so close that nobody could tell them apart the last. */
	private long due(long delay) {
		long due = now() + delay + TICK_NANOS - 1;
		return (due < 0) ? Long.MAX_VALUE : due - due % TICK_NANOS;
	}

	private long now() {
		return this.ticker.nanos() - this.origin;
	}

	private void push(Entry entry) {
		Entry top;
		do {
			top = this.added.get();
			if (top == this.closed) {
				throw new IllegalStateException("the timer is closed");
			}
			entry.below = top;
			entry.number = (top != null) ? top.number + 1 : 1;
		}
		while (!this.added.compareAndSet(top, entry));
	}

	private void run() {
		while (take()) {
			runDue();
			forgetCalledOff();
			Entry next = this.waiting.peek();
			this.wakeAt = (next != null) ? next.due : Long.MAX_VALUE;
			// Who left a task before the time to wake was known has woken nobody.
			if (this.added.get() == null) {
				sleep(this.wakeAt);
			}
			this.wakeAt = AWAKE;
		}
		this.waiting.clear();
	}

	private void sleep(long until) {
		if (until == Long.MAX_VALUE) {
			LockSupport.park(this);
		}
		else {
			LockSupport.parkNanos(this, until - now());
		}
		// A task may have left it, and nobody could sleep any more.
		Thread.interrupted();
	}

	/** Takes what was left on the stack; false once the timer is closed. */
	private boolean take() {
		Entry top = this.added.get();
		while (top != null && top != this.closed && !this.added.compareAndSet(top, null)) {
			top = this.added.get();
		}
		if (top == this.closed) {
			return false;
		}
		for (Entry entry = reversed(top); entry != null; entry = entry.takeBelow()) {
			entry.inHeap = true;
			if (entry.task != null) {
				entry.number = this.taken++;
				this.waiting.add(entry);
			}
		}
		return true;
	}

	private static @Nullable Entry reversed(@Nullable Entry top) {
		Entry first = null;
		for (Entry entry = top; entry != null;) {
			Entry below = entry.below;
			entry.below = first;
			first = entry;
			entry = below;
		}
		return first;
	}

	private void runDue() {
		long now = now();
		for (Entry next = this.waiting.peek(); next != null
				&& (next.due <= now || next.task == null); next = this.waiting.peek()) {
			this.waiting.remove();
			Runnable task = next.take();
			if (task != null) {
				run(task);
			}
		}
	}

	/** Runs a task that stands alone, whatever it throws. */
	static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("A task of the timer failed", ex);
		}
	}

	private void forgetCalledOff() {
		int count = this.calledOff.get();
		if (count > FEW && count > this.waiting.size() / 2) {
			this.calledOff.set(0);
			this.waiting.removeIf((entry) -> entry.task == null);
		}
	}

	/**
	 * Stops the thread and waits for it; tasks that wait are forgotten. Must not be
	 * called on the timer's own thread.
	 */
	@Override
	public void close() {
		this.added.set(this.closed);
		if (this.started.getAndSet(true)) {
			LockSupport.unpark(this.thread);
			join();
		}
	}

	private void join() {
		boolean interrupted = false;
		while (this.thread.isAlive()) {
			try {
				this.thread.join();
			}
			catch (InterruptedException ex) {
				interrupted = true;
			}
		}
		if (interrupted) {
			Thread.currentThread().interrupt();
		}
	}

	/** A task and its place on the stack or in the heap. <em>Thread-safe</em>. */
	private final class Entry implements Timeout, Comparable<Entry> {

		private static final AtomicReferenceFieldUpdater<Entry, Runnable> TASK = AtomicReferenceFieldUpdater
			.newUpdater(Entry.class, Runnable.class, "task");

		private final long due;

		/** Null once it was called off or run. */
		private volatile @Nullable Runnable task;

		private @Nullable Entry below;

		/** On the stack how many are there up to it; in the heap the order. */
		private int number;

		/** Whether the thread has seen it; read by others only to count. */
		private boolean inHeap;

		Entry(Runnable task, long due) {
			this.task = task;
			this.due = due;
		}

		@Nullable Runnable take() {
			return TASK.getAndSet(this, null);
		}

		@Nullable Entry takeBelow() {
			Entry next = this.below;
			this.below = null;
			return next;
		}

		@Override
		public boolean cancel() {
			boolean mine = take() != null;
			if (mine && this.inHeap) {
				LazyTimer.this.calledOff.incrementAndGet();
			}
			return mine;
		}

		@Override
		public int compareTo(Entry other) {
			int byTime = Long.compare(this.due, other.due);
			return (byTime != 0) ? byTime : this.number - other.number;
		}

	}

}
