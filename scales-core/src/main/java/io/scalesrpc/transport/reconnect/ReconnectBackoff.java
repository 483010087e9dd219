package io.scalesrpc.transport.reconnect;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.scalesrpc.call.Failure;
import io.scalesrpc.call.FailureKind;
import io.scalesrpc.discovery.Member;
import io.scalesrpc.time.Backoff;
import io.scalesrpc.time.Ticker;
import io.scalesrpc.time.Timer;
import io.scalesrpc.time.Timer.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Why a member has no connection, how often in a row it failed and when it is tried
 * again: with a back-off, at most two times a second, however many ask for it, and when
 * it is its turn among the members of the client.
 * <p>
 * What a connection that ended says of its member stands here and nowhere else. One that
 * has answered a call, or stood for a second, forgives all that was before it and is
 * replaced at once, however it ended. One that ended younger and without an answer counts
 * as a connect that failed if it ended with a fault; if it ended in good order it is
 * replaced once, since a server that is about to go away still takes connections, and the
 * next one in a row counts. So a peer that accepts and hangs up again and again is tried
 * no more often than one that refuses. <em>Confined to the resurrector's serial
 * executor.</em>
 */
final class ReconnectBackoff {

	/** How long a connection must stand for the failures before it to be forgotten. */
	static final long SETTLED_MILLIS = 1000;

	/** The least time between two attempts, but for the first after one that failed. */
	static final Duration PAUSE = Duration.ofMillis(500);

	/** What the pause is longer by, by chance: a part of the first wait. */
	private static final int PAUSE_JITTER_PART = 4;

	private final Member member;

	private final Backoff backoff;

	private final Timer timer;

	private final Ticker ticker;

	private final ReconnectPace pace;

	private int failures;

	/** Failures since somebody asked for haste: the wait grows with these. */
	private int patience;

	/** Whether somebody has asked since the last failure, and will ask again. */
	private boolean asked;

	private boolean settled = true;

	/** Whether a connection has ended too young since the last that stood. */
	private boolean forgiven;

	private long startedNanos;

	/** When the first failure was; null while there is none to speak of. */
	private volatile @Nullable Long began;

	/** When it is tried again; means something while it is down. */
	private long dueNanos;

	private @Nullable Timeout timeout;

	/** Whether it waits for its turn among the members of the client. */
	private boolean hasTurn;

	ReconnectBackoff(Member member, ReconnectTerms terms) {
		this.member = member;
		this.backoff = terms.backoff();
		this.timer = terms.timer();
		this.ticker = terms.ticker();
		this.pace = terms.pace();
	}

	/** Notes that a connection is being opened. */
	void attempt() {
		this.startedNanos = this.ticker.nanos();
	}

	/**
	 * Notes a failure.
	 * @param last why there is no connection
	 * @param wake told when it is time to try again
	 * @return what calls end with meanwhile
	 */
	Failure begin(Failure last, Runnable wake) {
		this.failures++;
		this.patience++;
		if (this.began == null) {
			this.began = this.ticker.nanos();
		}
		long grown = this.backoff.nanosAfter(this.patience);
		long wait = (this.failures > 1) ? Math.max(grown, this.asked ? askedPause() : pause()) : grown;
		this.asked = false;
		String next = schedule(wake, wait) ? "next try after " + TimeUnit.NANOSECONDS.toMillis(wait) + " ms"
				: "no next try, the timer is closed";
		return Failure.of(FailureKind.NOT_SENT, this.member + " is down: " + last.reason() + " (failures in a row: "
				+ this.failures + ", " + next + ")", last.cause());
	}

	/**
	 * Brings the next attempt forward, because somebody waits for it: to now, if the last
	 * is long enough ago. Otherwise it is for the next who asks to say when, since they
	 * ask one member after the other; if nobody does, it comes by itself. The waits begin
	 * to grow anew.
	 * @param wake told when it is time to try again
	 */
	void hurry(Runnable wake) {
		this.patience = 1;
		this.asked = true;
		if (this.hasTurn && this.pace.isOn()) {
			return;
		}
		long due = this.dueNanos - this.ticker.nanos();
		long wait = (left() > 0) ? askedPause() : 0;
		if (due > wait) {
			schedule(wake, wait);
		}
	}

	/**
	 * Whether it is tried now that the wait is over.
	 * @param wake told when its turn has come, if others of the client are first
	 */
	boolean isTurn(Runnable wake) {
		long wait = this.hasTurn ? 0 : this.pace.take();
		this.hasTurn = wait > 0;
		// Without a timer nobody would wake it.
		return wait == 0 || !schedule(wake, wait);
	}

	/** How long it takes until there may be another attempt. */
	private long pause() {
		return Math.max(0, left() + jitter());
	}

	/** Longer by what passes until somebody asks again. */
	private long askedPause() {
		return Math.max(0, left() + PAUSE.toNanos() + jitter());
	}

	private long left() {
		return this.startedNanos + PAUSE.toNanos() - this.ticker.nanos();
	}

	private long jitter() {
		return this.backoff.nanosAfter(1) / PAUSE_JITTER_PART;
	}

	/** Notes a success, which is to be confirmed by {@link #settle()}. */
	void end(Runnable wake) {
		this.settled = false;
		this.began = null;
		schedule(wake, TimeUnit.MILLISECONDS.toNanos(SETTLED_MILLIS));
	}

	void settle() {
		this.settled = true;
		this.forgiven = false;
		this.failures = 0;
		this.patience = 0;
	}

	/**
	 * Whether the latest connection, which has ended, is replaced at once.
	 * @param served whether it has answered a call
	 * @param fault whether it ended with a fault
	 */
	boolean replaces(boolean served, boolean fault) {
		if (served) {
			settle();
		}
		boolean forgives = this.settled || (!fault && this.failures == 0 && !this.forgiven);
		this.forgiven = !this.settled;
		return forgives;
	}

	/**
	 * How long there has been no connection, as any thread may ask; negative if there is
	 * one.
	 */
	long nanos() {
		Long since = this.began;
		return (since != null) ? Math.max(0, this.ticker.nanos() - since) : -1;
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
		this.dueNanos = this.ticker.nanos() + nanos;
		try {
			this.timeout = this.timer.schedule(wake, nanos, TimeUnit.NANOSECONDS);
			return true;
		}
		catch (IllegalStateException ex) {
			return false;
		}
	}

}
