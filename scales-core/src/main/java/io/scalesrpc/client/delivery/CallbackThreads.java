package io.scalesrpc.client.delivery;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.scalesrpc.Internal;

/**
 * The threads on which users' callbacks run unless they bring their own.
 * <em>Thread-safe</em>.
 */
@Internal
public final class CallbackThreads implements ThreadFactory {

	/** Callbacks may block, so there are more threads than processors. */
	private static final int MIN_THREADS = 16;

	private static final int IDLE_SECONDS = 10;

	private final AtomicInteger count = new AtomicInteger();

	private CallbackThreads() {
	}

	/**
	 * The queue has no limit because it holds two hand-overs a client at most and never
	 * the calls themselves.
	 */
	public static ExecutorService create() {
		int threads = Math.max(MIN_THREADS, 4 * Runtime.getRuntime().availableProcessors());
		ThreadPoolExecutor pool = new ThreadPoolExecutor(threads, threads, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), new CallbackThreads());
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "scales-callback-" + this.count.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

}
