package io.scalesrpc.admission;

import java.util.concurrent.atomic.AtomicLong;

import io.scalesrpc.time.SuccessWindow;
import io.scalesrpc.time.SuccessWindow.Tally;

/**
 * Which share of the calls the servers accepted of late, and what follows from it. The
 * calls that were withheld tell nothing about the servers and count only for how many
 * calls there are (Finagle's formula, counted over a window instead of averaged: see
 * decision 19). <em>Thread-safe</em>, without locks.
 */
final class AcceptRate {

	/** One call in four still goes out, so that a server that heals is noticed. */
	private static final double MOST_WITHHELD = 0.75;

	/** Calls a second below which a share means nothing, and sparing is worth nothing. */
	private static final int LEAST_RATE = 5;

	/** How often in a window its share is looked at. */
	private static final int LOOKS = 40;

	private final ThrottlingSettings settings;

	/** What servers answered; those that failed are the refusals. */
	private final SuccessWindow answers;

	private final SuccessWindow withheld;

	private final AtomicLong looked;

	private volatile ThrottleDecision pressure = ThrottleDecision.NONE;

	/**
	 * Creates one that has seen nothing yet.
	 * @param settings when calls are withheld
	 * @param now the time
	 */
	AcceptRate(ThrottlingSettings settings, long now) {
		this.settings = settings;
		this.answers = new SuccessWindow(settings.window(), now);
		this.withheld = new SuccessWindow(settings.window(), now);
		this.looked = new AtomicLong(now);
	}

	/** As it was when somebody looked last. */
	ThrottleDecision pressure() {
		return this.pressure;
	}

	/** As it is; what was remembered may have run out of time. */
	ThrottleDecision pressure(long now) {
		look(now);
		return this.pressure;
	}

	void accepted(long now) {
		this.answers.succeeded(now);
		if (this.pressure.isFelt()) {
			look(now);
		}
	}

	void refused(long now) {
		this.answers.failed(now);
		look(now);
	}

	void withheld(long now) {
		this.withheld.succeeded(now);
	}

	private void look(long now) {
		long last = this.looked.get();
		if (now - last >= this.settings.window().toNanos() / LOOKS && this.looked.compareAndSet(last, now)) {
			this.pressure = assess(this.answers.tally(now), this.withheld.tally(now).calls());
		}
	}

	private ThrottleDecision assess(Tally tally, long withheldCalls) {
		double least = LEAST_RATE * (this.settings.window().toMillis() / 1000.0);
		if (tally.failures() == 0 || tally.calls() + withheldCalls < least) {
			return ThrottleDecision.NONE;
		}
		double accepted = 1 - tally.failures() / (double) tally.calls();
		double share = Math.min(MOST_WITHHELD, 1 - accepted / (1 - this.settings.threshold()));
		return (share > 0) ? ThrottleDecision.of(share, tally, this.settings) : ThrottleDecision.NONE;
	}

}
