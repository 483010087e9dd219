package io.scalesrpc.transport;

import java.util.concurrent.Executor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;

/**
 * Event loops that sleep until there is something to do. Netty's own look once a second
 * whether tasks were scheduled, of which whoever schedules one tells them anyway.
 * <em>Thread-safe</em>.
 */
final class RestingLoops extends MultiThreadIoEventLoopGroup {

	RestingLoops(int threads, ThreadFactory factory, IoHandlerFactory handlers) {
		super(threads, factory, handlers);
	}

	@Override
	protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... arguments) {
		return new RestingLoop(this, executor, handlers);
	}

	/** One of them. <em>Thread-safe</em>. */
	private static final class RestingLoop extends SingleThreadIoEventLoop {

		/** What Netty's handlers take for no time at all. */
		private static final long NONE = -1;

		/** So much late, what is due at nearly the same moment shares a wake-up. */
		private static final long TICK_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

		RestingLoop(IoEventLoopGroup parent, Executor executor, IoHandlerFactory handlers) {
			super(parent, executor, handlers);
		}

		@Override
		protected long deadlineNanos() {
			long deadline = nextScheduledTaskDeadlineNanos();
			// What is due never must not be due now.
			return (deadline == NONE) ? NONE : Math.max(deadline, deadline + TICK_NANOS);
		}

		@Override
		protected long delayNanos(long currentTimeNanos) {
			return (nextScheduledTaskDeadlineNanos() == NONE) ? Long.MAX_VALUE : super.delayNanos(currentTimeNanos);
		}

	}

}
