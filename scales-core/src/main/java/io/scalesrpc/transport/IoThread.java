package io.scalesrpc.transport;

import java.util.concurrent.ThreadFactory;

import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.FastThreadLocalThread;

/**
 * A thread that others wait for, so that nothing on it may wait for them: an event loop
 * or the timer. <em>Thread-safe</em>.
 */
final class IoThread extends FastThreadLocalThread {

	private IoThread(ThreadGroup group, Runnable task, String name) {
		super(group, task, name);
	}

	/** Makes daemon threads of this kind. */
	static ThreadFactory factory(String name) {
		return new DefaultThreadFactory(name, true) {

			@Override
			protected Thread newThread(Runnable task, String threadName) {
				return new IoThread(this.threadGroup, task, threadName);
			}

		};
	}

	static boolean isCurrent() {
		return Thread.currentThread() instanceof IoThread;
	}

}
