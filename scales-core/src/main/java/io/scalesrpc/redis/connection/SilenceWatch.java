package io.scalesrpc.redis.connection;

import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.scalesrpc.time.Timer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a server is gone without a word: one that was silent for an interval is
 * sent a {@code PING}, and given up when it then stays silent for the timeout. A server
 * at work on a long command is silent too. <em>Confined to the connection's event
 * loop</em>.
 */
public final class SilenceWatch {

	/**
	 * As many calls that time out, without a byte between them, ask for a ping at once.
	 */
	private static final int SUSPICIOUS_TIMEOUTS = 3;

	private final SessionTerms terms;

	private final EventExecutor eventLoop;

	private final Runnable ping;

	private final Runnable dead;

	private Timer.@Nullable Timeout timeout;

	private long heardNanos;

	private boolean asked;

	private int timeouts;

	private boolean stopped;

	SilenceWatch(SessionTerms terms, EventExecutor eventLoop, Runnable ping, Runnable dead) {
		this.terms = terms;
		this.eventLoop = eventLoop;
		this.ping = ping;
		this.dead = dead;
	}

	void start() {
		heard();
		after(this.terms.settings().pingInterval().toNanos());
	}

	/** Takes note of a sign of life. */
	void heard() {
		this.heardNanos = this.terms.ticker().nanos();
		this.asked = false;
		this.timeouts = 0;
	}

	void callTimedOut() {
		if (++this.timeouts == SUSPICIOUS_TIMEOUTS && !this.asked && isOn()) {
			ask();
		}
	}

	void stop() {
		this.stopped = true;
		cancel();
	}

	private void check() {
		long silent = this.terms.ticker().nanos() - this.heardNanos;
		long left = this.terms.settings().pingInterval().toNanos() - silent;
		if (this.stopped) {
			return;
		}
		if (this.asked) {
			stop();
			this.dead.run();
		}
		else if (left <= 0) {
			ask();
		}
		else {
			after(left);
		}
	}

	private void ask() {
		this.asked = true;
		after(timeout().toNanos());
		this.ping.run();
	}

	private void after(long nanos) {
		cancel();
		if (isOn() && !this.stopped) {
			this.timeout = this.terms.timer().schedule(this::checkOnLoop, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void checkOnLoop() {
		try {
			this.eventLoop.execute(this::check);
		}
		catch (RejectedExecutionException ex) {
			// The event loop is gone, and with it the connection.
		}
	}

	private void cancel() {
		if (this.timeout != null) {
			this.timeout.cancel();
		}
	}

	private boolean isOn() {
		return !this.terms.settings().pingInterval().isZero();
	}

	private Duration timeout() {
		return this.terms.settings().pingTimeout();
	}

}
