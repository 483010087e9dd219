package io.scalesrpc.spring;

import org.springframework.context.SmartLifecycle;

/**
 * What starts and stops with the application, takes its time to stop, and is not paused:
 * what was closed does not open again by itself. <em>Confined to the thread that starts
 * and stops the application</em>, but for {@link #isRunning()}, which anybody may ask.
 */
public abstract class DrainingLifecycle implements SmartLifecycle {

	private final int phase;

	private volatile boolean running;

	/**
	 * Creates one that does not run.
	 * @param phase in which it starts, and stops
	 */
	protected DrainingLifecycle(int phase) {
		this.phase = phase;
	}

	/** Starts; returns when it has. */
	protected abstract void begin();

	/**
	 * Begins to stop.
	 * @param done to be run when it has stopped, on any thread
	 */
	protected abstract void end(Runnable done);

	@Override
	public final void start() {
		begin();
		this.running = true;
	}

	/** Does not wait. */
	@Override
	public final void stop() {
		stop(() -> {
		});
	}

	@Override
	public final void stop(Runnable callback) {
		this.running = false;
		end(callback);
	}

	@Override
	public final boolean isRunning() {
		return this.running;
	}

	@Override
	public final boolean isPauseable() {
		return false;
	}

	@Override
	public final int getPhase() {
		return this.phase;
	}

}
