package io.scalesrpc.breaker;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.SinkState;
import org.jspecify.annotations.Nullable;

/**
 * What an operator wants of a member. <em>Immutable</em>.
 *
 * @param drained whether it gets no calls at all; otherwise others are only preferred
 * @param who who wants it
 * @param since since when, by the ticker
 * @param nanos for how long; negative for until it is restored
 */
record MemberOrder(boolean drained, String who, long since, long nanos) {

	static MemberOrder of(boolean drained, String who, long now, @Nullable Duration limit) {
		return new MemberOrder(drained, who, now, (limit != null) ? limit.toNanos() : -1);
	}

	boolean isOver(long now) {
		return this.nanos >= 0 && now - this.since >= this.nanos;
	}

	/** What balancers are to think of a member that is in a state. */
	SinkState seen(SinkState own) {
		if (this.drained) {
			return SinkState.CLOSED;
		}
		return own.isAvailable() ? SinkState.BUSY : own;
	}

	String text(long now) {
		String left = (this.nanos < 0) ? ", until it is restored"
				: ", for " + TimeUnit.NANOSECONDS.toSeconds(this.since + this.nanos - now) + " s more";
		return (this.drained ? "drained by " : "ejected by ") + this.who + left;
	}

}
