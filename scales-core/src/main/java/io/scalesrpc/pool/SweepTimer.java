package io.scalesrpc.pool;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import org.jspecify.annotations.Nullable;

import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;

/**
 * Wakes a pool, once for all that have asked: at the earliest of the times. <em>Confined
 * to the pool's serial executor.</em>
 */
final class SweepTimer {

	private final Ticker ticker;

	private final Timer timer;

	private final Executor serial;

	private final Runnable wake;

	private @Nullable Timeout timeout;

	private long dueNanos;

	SweepTimer(Ticker ticker, Timer timer, Executor serial, Runnable wake) {
		this.ticker = ticker;
		this.timer = timer;
		this.serial = serial;
		this.wake = wake;
	}

	/** Wakes the pool after that time, or earlier if somebody asked for that. */
	void ringIn(long nanos) {
		long due = this.ticker.nanos() + nanos;
		if (this.timeout != null && this.dueNanos - due <= 0) {
			return;
		}
		cancel();
		this.dueNanos = due;
		try {
			this.timeout = this.timer.schedule(() -> this.serial.execute(this::ring), nanos, TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			// A timer that was closed before the client wakes nobody: nothing is swept.
		}
	}

	void cancel() {
		Timeout waiting = this.timeout;
		this.timeout = null;
		if (waiting != null) {
			waiting.cancel();
		}
	}

	/** It may have been cancelled, or set to a later time, on its way here. */
	private void ring() {
		if (this.timeout != null && this.ticker.nanos() - this.dueNanos >= 0) {
			this.timeout = null;
			this.wake.run();
		}
	}

}
