package io.scalesrpc.time;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import io.scalesrpc.Internal;

/**
 * Runs tasks one at a time and in order without a thread of its own: whoever hands in a
 * task while none runs, runs it and those that come meanwhile, but not many; what is left
 * is handed on to another executor. So what only tasks touch needs no lock, a task may
 * call out freely (one handed in from within runs after it), and no thread is kept by the
 * work of others. Nobody ever waits. <em>Thread-safe</em>.
 */
@Internal
public final class SerialExecutor implements Executor {

	/**
	 * The most tasks that one thread runs in a row: some milliseconds if each of them
	 * encodes and sends a call, and rarely reached when nothing is overloaded.
	 */
	static final int MAX_IN_A_ROW = 64;

	private static final Logger logger = LoggerFactory.getLogger(SerialExecutor.class);

	private final Executor next;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** Tasks not done yet; who raises it from zero runs them. */
	private final AtomicInteger undone = new AtomicInteger();

	/**
	 * Creates an executor.
	 * @param next goes on with tasks that are too many for one thread, a few at a time:
	 * threads that callers need not wait for, such as event loops. Never a timer's. If it
	 * rejects, the tasks run where they are
	 */
	public SerialExecutor(Executor next) {
		this.next = next;
	}

	/**
	 * Runs a task before returning, or leaves it to the thread that is running tasks now.
	 * @param task what to run; must not block; what it throws is logged
	 */
	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.undone.getAndIncrement() == 0) {
			runSome();
		}
	}

	private void runSome() {
		do {
			for (int i = 0; i < MAX_IN_A_ROW; i++) {
				run(this.tasks.remove());
				if (this.undone.decrementAndGet() == 0) {
					return;
				}
			}
		}
		while (!isHandedOn());
	}

	private boolean isHandedOn() {
		try {
			this.next.execute(this::runSome);
			return true;
		}
		catch (RejectedExecutionException ex) {
			// Those threads have stopped, and whoever is here must see to the end.
			return false;
		}
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
