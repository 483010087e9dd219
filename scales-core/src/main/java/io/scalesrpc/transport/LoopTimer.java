package io.scalesrpc.transport;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Future;
import io.scalesrpc.time.Timer;

/**
 * Runs tasks later on an event loop, which wakes by itself when they are due: no other
 * thread does. For what an idle connection does every so often; the many timeouts of
 * calls are cheaper in {@link LazyTimer}. <em>Thread-safe</em>.
 *
 * @param loop where the tasks run
 */
record LoopTimer(EventExecutor loop) implements Timer {

	@Override
	public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
		Future<?> future = this.loop.schedule(() -> LazyTimer.run(task), delay, unit);
		return () -> future.cancel(false);
	}

}
