package io.scalesrpc.transport.channel;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.Internal;
import io.scalesrpc.time.SharedTick;

/**
 * When a connection is pinged the next time. While it has calls, an interval after the
 * last ping: they wait for a peer that may be gone. One that had none since the last ping
 * rests and is pinged seldom; the call that ends its rest asks for a ping, which goes out
 * with it. <em>Confined to the connection's event loop</em>.
 */
@Internal
public final class PingPace {

	/** A rest is so many intervals long. */
	private static final int REST_INTERVALS = 6;

	/**
	 * But not longer, unless the interval is: proxies and firewalls forget a connection
	 * that says nothing, as a rule not within a minute.
	 */
	private static final long LONGEST_REST_NANOS = TimeUnit.SECONDS.toNanos(30);

	private final long intervalNanos;

	private final ConnectionStatus status;

	/** Since the last ping; who has just connected is about to call. */
	private boolean called = true;

	private boolean resting;

	/**
	 * Creates the pace of a new connection.
	 * @param interval between the pings of one that has calls; zero for no pings at all
	 * @param status knows whether it has calls
	 */
	public PingPace(Duration interval, ConnectionStatus status) {
		this.intervalNanos = interval.toNanos();
		this.status = status;
	}

	/**
	 * Whether there are pings.
	 * @return {@code false} if the interval is zero
	 */
	public boolean isOn() {
		return this.intervalNanos > 0;
	}

	/**
	 * Takes note of a call.
	 * @return {@code true} if the connection has rested: it is to be pinged now
	 */
	public boolean called() {
		this.called = true;
		return this.resting;
	}

	/**
	 * Takes note of a new connection, or that a ping was answered.
	 * @param now reading of the ticker
	 * @param passed the part of the time that is over, in nanoseconds
	 * @return the nanoseconds until the next ping, which others go out with
	 */
	public long next(long now, long passed) {
		this.resting = !this.called && this.status.isIdle();
		this.called = false;
		long time = this.resting
				? Math.max(this.intervalNanos, Math.min(LONGEST_REST_NANOS, REST_INTERVALS * this.intervalNanos))
				: this.intervalNanos;
		return SharedTick.delay(now, time - passed, time);
	}

}
