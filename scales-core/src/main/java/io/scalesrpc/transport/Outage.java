package io.scalesrpc.transport;

import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Why a member has no connection, how often in a row it failed and how long to wait. A
 * connection forgives the failures before it once it has stood for a second: a peer that
 * accepts and hangs up again and again is tried no more often than one that refuses.
 * <em>Confined to the resurrector's serial executor.</em>
 */
final class Outage {

	/** How long a connection must stand for the failures before it to be forgotten. */
	static final long SETTLED_MILLIS = 1000;

	private final Member member;

	private final Backoff backoff;

	private final Timer timer;

	private int failures;

	private boolean settled = true;

	/** Whether a connection has ended too young since the last that stood. */
	private boolean forgiven;

	private @Nullable Timeout timeout;

	Outage(Member member, Backoff backoff, Timer timer) {
		this.member = member;
		this.backoff = backoff;
		this.timer = timer;
	}

	/**
	 * Notes a failure.
	 * @param last why there is no connection
	 * @param wake told when it is time to try again
	 * @return what calls end with meanwhile
	 */
	Failure begin(Failure last, Runnable wake) {
		this.failures++;
		long wait = this.backoff.nanosAfter(this.failures);
		String next = schedule(wake, wait) ? "next try after " + TimeUnit.NANOSECONDS.toMillis(wait) + " ms"
				: "no next try, the timer is closed";
		return Failure.of(FailureKind.NOT_SENT, this.member + " is down: " + last.reason() + " (failures in a row: "
				+ this.failures + ", " + next + ")", last.cause());
	}

	/** Notes a success, which is to be confirmed by {@link #settle()}. */
	void end(Runnable wake) {
		this.settled = false;
		schedule(wake, TimeUnit.MILLISECONDS.toNanos(SETTLED_MILLIS));
	}

	void settle() {
		this.settled = true;
		this.forgiven = false;
		this.failures = 0;
	}

	/**
	 * Whether the latest connection, which has ended in good order, is replaced without a
	 * pause: it stood long enough to be trusted, or is the first since one that did. A
	 * server that is about to go away still takes connections.
	 */
	boolean forgives() {
		boolean forgives = this.settled || (this.failures == 0 && !this.forgiven);
		this.forgiven = !this.settled;
		return forgives;
	}

	void cancel() {
		Timeout waiting = this.timeout;
		this.timeout = null;
		if (waiting != null) {
			waiting.cancel();
		}
	}

	/**
	 * Asks to be woken. A timer that was closed before the client wakes nobody: then the
	 * member stays down, but calls still end.
	 */
	private boolean schedule(Runnable wake, long nanos) {
		cancel();
		try {
			this.timeout = this.timer.schedule(wake, nanos, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

}
