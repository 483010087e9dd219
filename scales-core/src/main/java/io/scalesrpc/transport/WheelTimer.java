package io.scalesrpc.transport;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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

	private final String name;

	private final AtomicBoolean starting = new AtomicBoolean();

	private final CompletableFuture<Void> started = new CompletableFuture<>();

	/**
	 * Creates the timer; its thread starts with the first task.
	 * @param name the prefix of the thread's name
	 */
	public WheelTimer(String name) {
		this.name = name;
		this.wheel = new HashedWheelTimer(IoThread.timerFactory(name), TICK_MILLIS, TimeUnit.MILLISECONDS, WHEEL_SIZE,
				false);
	}

	/**
	 * Whether the current thread is the timer of any client or server, for which the
	 * deadlines of all others wait.
	 * @return {@code true} if nothing may take time on this thread
	 */
	public static boolean isCurrentThread() {
		return IoThread.isTimer();
	}

	@Override
	public Timeout schedule(Runnable task, long delay, TimeUnit unit) {
		if (!this.started.isDone()) {
			start();
		}
		io.netty.util.Timeout timeout = this.wheel.newTimeout((ignored) -> task.run(), delay, unit);
		return timeout::cancel;
	}

	/**
	 * Netty waits until the wheel turns, and forgets an interrupt of the thread that
	 * waits. That is the interrupt of a caller, so another thread has to wait.
	 */
	private void start() {
		if (this.starting.compareAndSet(false, true)) {
			Thread starter = new Thread(this::startWheel, this.name + "-start");
			starter.setDaemon(true);
			starter.start();
		}
		// Keeps the interrupt.
		this.started.join();
	}

	private void startWheel() {
		try {
			this.wheel.start();
		}
		catch (IllegalStateException ex) {
			// It was closed: whoever schedules a task is told so.
		}
		finally {
			this.started.complete(null);
		}
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
