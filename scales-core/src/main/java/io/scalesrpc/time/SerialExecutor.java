package io.scalesrpc.time;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs tasks one at a time and in order without a thread of its own: whoever hands in a
 * task while none runs, runs it and all that come meanwhile. So what only tasks touch
 * needs no lock, and a task may call out freely: a task handed in from within runs after
 * it. Nobody ever waits. <em>Thread-safe</em>.
 */
public final class SerialExecutor implements Executor {

	private static final Logger logger = LoggerFactory.getLogger(SerialExecutor.class);

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** Tasks not done yet; who raises it from zero runs them. */
	private final AtomicInteger undone = new AtomicInteger();

	/**
	 * Runs a task before returning, or leaves it to the thread that is running tasks now.
	 * @param task what to run; must not block; what it throws is logged
	 */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.undone.getAndIncrement() == 0) {
			runAll();
		}
	}

	private void runAll() {
		do {
			run(this.tasks.remove());
		}
		while (this.undone.decrementAndGet() != 0);
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			logger.error("A serial task failed", ex);
		}
	}

}
