package io.scalesrpc.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The limits in time of one connection: its handshake, its silence, its age. <em>Confined
 * to the connection's event loop</em>.
 */
final class SessionTimes {

	/** A client that does not answer a Tdrain in this time will not. */
	private static final long DRAIN_ANSWER_NANOS = TimeUnit.SECONDS.toNanos(10);

	private static final double SPREAD = 0.2;

	/** Its multiples, less what is whole of them, are spread evenly. */
	private static final double GOLDEN_RATIO = 0.6180339887498949;

	private final ServerSession session;

	private final ConnectionLimits limits;

	private final List<Future<?>> timers = new ArrayList<>(3);

	private long unsentAtLastLook = -1;

	SessionTimes(ServerSession session, ConnectionLimits limits) {
		this.session = session;
		this.limits = limits;
	}

	/**
	 * The connection begins.
	 * @param number of the connection, so that those of one moment do not end together
	 */
	void start(long number) {
		if (!this.limits.handshakeTimeout().isZero()) {
			after(this.limits.handshakeTimeout().toNanos(), this.session::handshakeOverdue);
		}
		if (!this.limits.maxAge().isZero()) {
			after(age(this.limits.maxAge(), number), this.session::retire);
		}
	}

	static long age(Duration maxAge, long number) {
		double part = number * GOLDEN_RATIO % 1;
		return (long) (maxAge.toNanos() * (1 - SPREAD / 2 + SPREAD * part));
	}

	/** The client was asked to go elsewhere. */
	void draining() {
		after(DRAIN_ANSWER_NANOS, this.session::drainOverdue);
	}

	/**
	 * Nothing came for the time that is allowed. A client that reads slowly is not read
	 * from, so that its silence says nothing, as long as it reads.
	 */
	void silent() {
		long unsent = this.session.unsent();
		if (this.session.isWorking()) {
			return;
		}
		if (unsent == 0) {
			this.session.drain();
		}
		else if (unsent == this.unsentAtLastLook) {
			this.session.closeNow();
		}
		this.unsentAtLastLook = unsent;
	}

	private void after(long nanos, Runnable task) {
		this.timers.add(this.session.later(task, nanos));
	}

	void stop() {
		this.timers.forEach((timer) -> timer.cancel(false));
		this.timers.clear();
	}

}
