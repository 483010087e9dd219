package io.scalesrpc.http.body;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Notices that for some time nothing happened. The timer is not set anew for everything
 * that happens; it looks back when it rings. <em>Thread-safe</em>.
 */
final class IdleLimit {

	private final Timer timer;

	private final Ticker ticker;

	private final long limitNanos;

	private final Runnable idle;

	private volatile long lastNanos;

	private volatile @Nullable Timeout timeout;

	private volatile boolean stopped;

	IdleLimit(Timer timer, Ticker ticker, long limitNanos, Runnable idle) {
		this.timer = timer;
		this.ticker = ticker;
		this.limitNanos = limitNanos;
		this.idle = idle;
	}

	void start() {
		touch();
		ringIn(this.limitNanos);
	}

	/** Something happened. */
	void touch() {
		this.lastNanos = this.ticker.nanos();
	}

	void stop() {
		this.stopped = true;
		Timeout waiting = this.timeout;
		if (waiting != null) {
			waiting.cancel();
		}
	}

	private void look() {
		long left = this.limitNanos - (this.ticker.nanos() - this.lastNanos);
		if (!this.stopped && left > 0) {
			ringIn(left);
		}
		else if (!this.stopped) {
			this.idle.run();
		}
	}

	private void ringIn(long nanos) {
		try {
			Timeout waiting = this.timer.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
			this.timeout = waiting;
			if (this.stopped) {
				waiting.cancel();
			}
		}
		catch (IllegalStateException ex) {
			// The timer is closed: without a limit the body might never end.
			this.idle.run();
		}
	}

}
