package io.scalesrpc.kafka;

import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.scalesrpc.time.Timer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a client that does what callers must not wait for. It ends when it
 * had nothing to do for a while. <em>Thread-safe</em>.
 */
final class SendingThread {

	private static final Logger logger = LoggerFactory.getLogger(SendingThread.class);

	private static final int IDLE_SECONDS = 10;

	private final ThreadPoolExecutor executor;

	private final Timer timer;

	private final Runnable round;

	/** Whether a round is due that has not begun. */
	private final AtomicBoolean due = new AtomicBoolean();

	/**
	 * Creates the thread, which starts when it is needed.
	 * @param client the client's name
	 * @param timer wakes it later
	 * @param round what it does each time
	 */
	SendingThread(String client, Timer timer, Runnable round) {
		this.executor = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(),
				(task) -> daemon(task, "scales-kafka-" + client));
		this.executor.allowCoreThreadTimeOut(true);
		this.timer = timer;
		this.round = round;
	}

	static Thread daemon(Runnable task, String name) {
		Thread thread = new Thread(task, name);
		thread.setDaemon(true);
		return thread;
	}

	/** Has a round made soon, unless one is due. */
	void wake() {
		if (this.due.compareAndSet(false, true)) {
			execute(() -> {
				this.due.set(false);
				this.round.run();
			});
		}
	}

	/** Has a round made after some milliseconds. */
	void wakeAfter(long millis) {
		try {
			afterwards(this::wake, millis);
		}
		catch (IllegalStateException ex) {
			logger.trace("The timer is closed, and the client with it", ex);
		}
	}

	/**
	 * Runs something on the timer.
	 * @throws IllegalStateException if that is closed
	 */
	void afterwards(Runnable task, long millis) {
		this.timer.schedule(task, millis, TimeUnit.MILLISECONDS);
	}

	/** Runs something between rounds; {@code false} if the client is closed. */
	boolean execute(Runnable task) {
		try {
			this.executor.execute(() -> run(task));
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("A round of sending records failed", ex);
		}
	}

	/** Runs a last task, and ends. */
	void close(Runnable last) {
		execute(last);
		this.executor.shutdown();
	}

}
