package io.scalesrpc.discovery;

import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.Internal;
import io.scalesrpc.time.Timer;

/**
 * A few daemon threads on which lookups wait for their answer. They start with the first
 * lookup and end when nothing was left to do for a while, so nobody has to close them.
 * <em>Thread-safe</em>.
 */
@Internal
public final class LookupThreads implements Executor, Timer {

	/** A name server that does not answer holds one thread; other names go on. */
	private static final int THREADS = 4;

	private static final long IDLE_SECONDS = 10;

	private final ScheduledThreadPoolExecutor threads;

	/**
	 * Starts no thread yet.
	 * @param name what the threads are called
	 */
	public LookupThreads(String name) {
		this.threads = new ScheduledThreadPoolExecutor(THREADS, (task) -> newThread(task, name));
		this.threads.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
		this.threads.allowCoreThreadTimeOut(true);
		this.threads.setRemoveOnCancelPolicy(true);
	}

	@Override
	public void execute(Runnable task) {
		this.threads.execute(task);
	}

	@Override
	public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
		Future<?> future = this.threads.schedule(task, delay, unit);
		return () -> future.cancel(false);
	}

	private static Thread newThread(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

}
