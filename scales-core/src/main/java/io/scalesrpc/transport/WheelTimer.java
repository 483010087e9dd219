package io.scalesrpc.transport;

import java.util.concurrent.TimeUnit;

import io.netty.util.HashedWheelTimer;
import io.scalesrpc.time.Timer;

/**
 * The timer of production: Netty's hashed wheel with one daemon thread. A task runs up to
 * one tick late. <em>Thread-safe</em>.
 */
public final class WheelTimer implements Timer, AutoCloseable {

	/** The tick: timeouts of 20 ms should not last 30. */
	private static final long TICK_MILLIS = 2;

	private static final int WHEEL_SIZE = 1024;

	private final HashedWheelTimer wheel;

	/**
	 * Creates the timer; its thread starts with the first task.
	 * @param name the prefix of the thread's name
	 */
	public WheelTimer(String name) {
		this.wheel = new HashedWheelTimer(IoThread.factory(name), TICK_MILLIS, TimeUnit.MILLISECONDS, WHEEL_SIZE,
				false);
	}

	@Override
	public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
		io.netty.util.Timeout timeout = this.wheel.newTimeout((ignored) -> task.run(), delay, unit);
		return timeout::cancel;
	}

	/**
	 * Stops the thread; tasks that wait are forgotten. Must not be called on the timer's
	 * own thread.
	 */
	@Override
	public void close() {
		this.wheel.stop();
	}

}
