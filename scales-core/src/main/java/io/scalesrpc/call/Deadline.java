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
 * @param inherited whether that is what a request being served had left, and not the
 * call's own timeout
 */
public record Deadline(long startNanos, long timeoutNanos, boolean inherited) {

	/**
	 * The deadline that a call has of its own.
	 * @param startNanos when the call began, in nanoseconds of the ticker
	 * @param timeoutNanos how long it may take, in nanoseconds
	 */
	public Deadline(long startNanos, long timeoutNanos) {
		this(startNanos, timeoutNanos, false);
	}

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
	 * The deadline of a call that is made for a request being served: it begins with the
	 * call, and passes no later than that of the request.
	 * @param request the deadline of the request, of the same ticker
	 * @return this, if it passes first; otherwise one that is inherited, with what the
	 * request has left at the beginning of the call, zero if it has passed by then
	 */
	public Deadline within(Deadline request) {
		if (request.expiryNanos() - expiryNanos() >= 0) {
			return this;
		}
		return new Deadline(this.startNanos, Math.max(0, request.remainingNanos(this.startNanos)), true);
	}

	/**
	 * The one of two deadlines that passes first: how the deadline of a call bounds that
	 * of an attempt.
	 * @param other the other deadline, of the same ticker
	 * @return this or the other
	 */
	public Deadline earlier(Deadline other) {
		return (other.expiryNanos() - expiryNanos() < 0) ? other : this;
	}

}
