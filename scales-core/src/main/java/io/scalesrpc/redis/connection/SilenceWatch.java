package io.scalesrpc.redis.connection;

import java.util.concurrent.TimeUnit;

import io.netty.util.concurrent.EventExecutor;
import io.scalesrpc.time.Timer;
import io.scalesrpc.transport.channel.ConnectionStatus;
import io.scalesrpc.transport.channel.PingPace;
import org.jspecify.annotations.Nullable;

/**
 * Finds out that a server is gone without a word: one that was silent for an interval,
 * longer while nobody calls, is sent a {@code PING}, and given up when it then stays
 * silent for the timeout. A server at work on a long command is silent too. <em>Confined
 * to the connection's event loop</em>.
 */
public final class SilenceWatch {

	/**
	 * As many calls that time out, without a byte between them, ask for a ping at once.
	 */
	private static final int SUSPICIOUS_TIMEOUTS = 3;

	private final SessionTerms terms;

	private final Timer timer;

	private final PingPace pace;

	private final Runnable ping;

	private final Runnable dead;

	private Timer.@Nullable Timeout timeout;

	private long heardNanos;

	/** So long a silence asks for a ping. */
	private long patienceNanos;

	private boolean asked;

	private int timeouts;

	private boolean stopped;

	SilenceWatch(SessionTerms terms, EventExecutor eventLoop, ConnectionStatus status, Runnable ping, Runnable dead) {
		this.terms = terms;
		this.timer = terms.timer().on(eventLoop);
		this.pace = new PingPace(terms.settings().pingInterval(), status);
		this.ping = ping;
		this.dead = dead;
	}

	void start() {
		heard();
		listen();
	}

	/** Takes note of a sign of life. */
	void heard() {
		this.heardNanos = this.terms.ticker().nanos();
		this.timeouts = 0;
		if (this.asked) {
			this.asked = false;
			listen();
		}
	}

	private void listen() {
		this.patienceNanos = this.pace.next(this.heardNanos, 0);
		after(this.patienceNanos);
	}

	/** Takes note of a command that is about to be sent. */
	void called() {
		if (this.pace.called()) {
			ask();
		}
	}

	void callTimedOut() {
		if (++this.timeouts == SUSPICIOUS_TIMEOUTS) {
			ask();
		}
	}

	void stop() {
		this.stopped = true;
		cancel();
	}

	private void check() {
		if (this.stopped) {
			return;
		}
		long left = this.patienceNanos - (this.terms.ticker().nanos() - this.heardNanos);
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
		if (!this.asked && this.pace.isOn()) {
			this.asked = true;
			after(this.terms.settings().pingTimeout().toNanos());
			this.ping.run();
		}
	}

	private void after(long nanos) {
		cancel();
		if (this.pace.isOn() && !this.stopped) {
			this.timeout = this.timer.schedule(this::check, nanos, TimeUnit.NANOSECONDS);
		}
	}

	private void cancel() {
		if (this.timeout != null) {
			this.timeout.cancel();
		}
	}

}
