package io.scalesrpc.call;

import java.time.Duration;

/**
 * The point in time by which a call must have ended, and when it began, on the monotonic
 * clock of a {@code io.scalesrpc.time.Ticker}. It covers everything: opening, name
 * resolution, queueing and every attempt. The wall clock plays no part, so a clock that
 * jumps moves no deadline. <em>Immutable</em>.
 *
 * @param startNanos when the call began, in nanoseconds of the ticker
 * @param timeoutNanos how long it may take, in nanoseconds
 */
public record Deadline(long startNanos, long timeoutNanos) {

	/**
	 * A deadline some time from now.
	 * @param timeout how long the call may take
	 * @param nowNanos the ticker's reading now
	 * @return the deadline
	 */
	public static Deadline after(Duration timeout, long nowNanos) {
		return new Deadline(nowNanos, timeout.toNanos());
	}

	/**
	 * When the deadline passes, in nanoseconds of the ticker. Compare by subtraction
	 * only: readings may wrap.
	 * @return the reading
	 */
	public long expiryNanos() {
		return this.startNanos + this.timeoutNanos;
	}

	/**
	 * How much time is left.
	 * @param nowNanos the ticker's reading now
	 * @return nanoseconds; zero or less once the deadline has passed
	 */
	public long remainingNanos(long nowNanos) {
		return expiryNanos() - nowNanos;
	}

	/**
	 * How long ago the call began.
	 * @param nowNanos the ticker's reading now
	 * @return nanoseconds
	 */
	public long elapsedNanos(long nowNanos) {
		return nowNanos - this.startNanos;
	}

	/**
	 * Whether the deadline has passed.
	 * @param nowNanos the ticker's reading now
	 * @return {@code true} from the deadline on
	 */
	public boolean isExpired(long nowNanos) {
		return remainingNanos(nowNanos) <= 0;
	}

	/**
	 * The one of two deadlines that passes first: how an inherited deadline bounds a
	 * call's own.
	 * @param other the other deadline, of the same ticker
	 * @return this or the other
	 */
	public Deadline earlier(Deadline other) {
		return (other.expiryNanos() - expiryNanos() < 0) ? other : this;
	}

}
