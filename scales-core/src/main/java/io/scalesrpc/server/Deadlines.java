package io.scalesrpc.server;

import java.time.InstantSource;

import io.scalesrpc.call.Context;
import io.scalesrpc.call.Deadline;
import io.scalesrpc.mux.finagle.DeadlineContext;
import io.scalesrpc.time.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * Reads the deadlines that clients send, and says when they have passed. A deadline is
 * moved to the ticker on arrival: a wall clock that jumps later moves nothing.
 * <em>Thread-safe</em>.
 *
 * @param policy what is made of them
 * @param ticker measures what is left of them
 * @param clock reads them
 */
record Deadlines(DeadlinePolicy policy, Ticker ticker, InstantSource clock) {

	/** Farther back than any clock, and far enough from where sums wrap. */
	private static final long LONG_AGO_NANOS = Long.MIN_VALUE / 2;

	/** The deadline of a request that arrives now; null for none. */
	@Nullable Deadline read(Context contexts) {
		byte[] value = contexts.get(DeadlineContext.KEY);
		DeadlineContext sent = (value != null) ? DeadlineContext.decode(value) : null;
		if (sent == null) {
			return null;
		}
		long left = left(sent);
		return (left != Long.MAX_VALUE) ? new Deadline(this.ticker.nanos(), Math.max(left, LONG_AGO_NANOS)) : null;
	}

	/**
	 * Two clocks that differ make a deadline seem to have passed that has not. So it is
	 * taken for passed only if the client's own clock says so, too; its clock may have
	 * been compared with that of the client's client.
	 */
	private long left(DeadlineContext sent) {
		long byClock = sent.remainingNanos(DeadlineContext.epochNanos(this.clock.instant()));
		long given = sent.givenNanos();
		if (this.policy == DeadlinePolicy.ENFORCE_BY_CLOCK) {
			return Math.min(byClock, given);
		}
		return (given > 0) ? given : byClock;
	}

	/** Whether a call is refused on arrival. */
	boolean refuses(@Nullable Deadline deadline) {
		return this.policy == DeadlinePolicy.ENFORCE_BY_CLOCK && deadline != null && deadline.timeoutNanos() <= 0;
	}

	/**
	 * Whether a call that had time on arrival has none left, and is not worth beginning.
	 */
	boolean hasPassedHere(@Nullable Deadline deadline) {
		return enforcedNanos(deadline) > 0 && deadline != null && deadline.isExpired(this.ticker.nanos());
	}

	/** After how many nanoseconds the work on a call is to end; 0 for never. */
	long enforcedNanos(@Nullable Deadline deadline) {
		return (deadline != null && this.policy != DeadlinePolicy.TELL) ? Math.max(0, deadline.timeoutNanos()) : 0;
	}

}
