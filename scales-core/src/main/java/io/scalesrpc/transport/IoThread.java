package io.scalesrpc.transport;

import java.util.concurrent.ThreadFactory;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * A thread that others wait for, so that nothing on it may wait for them: an event loop
 * or the timer. <em>Thread-safe</em>.
 */
final class IoThread extends FastThreadLocalThread {

	private final boolean ofTimer;

	private IoThread(ThreadGroup group, Runnable task, String name, boolean ofTimer) {
		super(group, task, name);
		this.ofTimer = ofTimer;
	}

	/** Makes daemon threads for event loops. */
	static ThreadFactory factory(String name) {
		return factory(name, false);
	}

	/** Makes a daemon thread for a timer. */
	static ThreadFactory timerFactory(String name) {
		return factory(name, true);
	}

	private static ThreadFactory factory(String name, boolean ofTimer) {
		return new DefaultThreadFactory(name, true) {

			@Override
			protected Thread newThread(Runnable task, String threadName) {
				return new IoThread(this.threadGroup, task, threadName, ofTimer);
			}

		};
	}

	static boolean isCurrent() {
		return Thread.currentThread() instanceof IoThread;
	}

	static boolean isTimer() {
		return Thread.currentThread() instanceof IoThread thread && thread.ofTimer;
	}

}
