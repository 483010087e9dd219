package io.scalesrpc.client.assembly;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads on which caches of other processes are asked. Not those of callbacks, which
 * may wait for calls that wait for a cache. <em>Thread-safe</em>.
 */
public final class CacheThreads implements ThreadFactory {

	private static final int THREADS = 8;

	/** A look-up that waits behind as many comes too late: its call goes on without. */
	private static final int QUEUE = 1024;

	private static final int IDLE_SECONDS = 10;

	private final AtomicInteger count = new AtomicInteger();

	private CacheThreads() {
	}

	public static ExecutorService create() {
		ThreadPoolExecutor pool = new ThreadPoolExecutor(THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(QUEUE), new CacheThreads());
		pool.allowCoreThreadTimeOut(true);
		return pool;
	}

	@Override
	public Thread newThread(Runnable task) {
		Thread thread = new Thread(task, "scales-cache-" + this.count.incrementAndGet());
		thread.setDaemon(true);
		return thread;
	}

}
