package io.scalesrpc.log;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The thread that writes lines which event loops and timers have to tell: an appender may
 * wait for a disk or a pipe, and they must not. All clients share it; it ends when there
 * is nothing to write. <em>Thread-safe</em>.
 */
final class LogWriter {

	/** How many lines may wait; more are left out. */
	static final int MOST_WAITING = 1024;

	static final String NAME = "scales-log";

	private static final long IDLE_SECONDS = 5;

	private static final ThreadPoolExecutor THREAD = thread();

	private LogWriter() {
	}

	/**
	 * Writes a line, soon.
	 * @param line writes it
	 * @return {@code false} if too many wait: it is left out
	 */
	static boolean write(Runnable line) {
		try {
			THREAD.execute(line);
			return true;
		}
		catch (RejectedExecutionException ex) {
			return false;
		}
	}

	private static ThreadPoolExecutor thread() {
		ThreadPoolExecutor one = new ThreadPoolExecutor(1, 1, IDLE_SECONDS, TimeUnit.SECONDS,
				new ArrayBlockingQueue<>(MOST_WAITING), (task) -> {
					Thread thread = new Thread(task, NAME);
					thread.setDaemon(true);
					return thread;
				});
		one.allowCoreThreadTimeOut(true);
		return one;
	}

}
