package io.scalesrpc.breaker;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Failure;
import io.scalesrpc.log.PeerText;

/**
 * The member is out: until a time others are asked first; from then on, half-open, the
 * next call is the probe. <em>Immutable</em>.
 *
 * @param times how often in a row it was taken out: 1, and 1 more for each failed probe
 * @param since when it was first taken out, by the ticker
 * @param until when the wait is over, by the ticker
 * @param why what was too much
 * @param last the failure that was
 */
record Open(int times, long since, long until, String why, Failure last) implements BreakerState {

	boolean isHalfOpen(long now) {
		return this.until - now <= 0;
	}

	@Override
	public String problem(long now) {
		long left = TimeUnit.NANOSECONDS.toMillis(this.until - now);
		return (isHalfOpen(now) ? "waiting for a probe" : "out for " + left + " ms more") + reason();
	}

	String reason() {
		return " after " + this.why + " (last: " + this.last.kind() + " " + PeerText.printable(this.last.reason())
				+ ")";
	}

}
