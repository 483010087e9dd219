package io.scalesrpc.admission;

import java.util.concurrent.TimeUnit;

/**
 * The calls that ended within a second, or longer while they are few. <em>Guarded by
 * whoever owns it.</em>
 */
final class LatencyWindow {

	private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

	/** Of fewer the mean may be low by mere chance, and would be taken for the least. */
	private static final int LEAST_CALLS = 100;

	/** An overload is not a matter of chance. */
	private static final int LEAST_OVERLOADED = 10;

	private long begun;

	private int calls;

	private double nanos;

	private int mostInFlight;

	private boolean overloaded;

	LatencyWindow(long now) {
		this.begun = now;
	}

	void begin(long now) {
		this.begun = now;
		this.calls = 0;
		this.nanos = 0;
		this.mostInFlight = 0;
		this.overloaded = false;
	}

	void add(long callNanos, int inFlight, boolean sign) {
		this.calls++;
		this.nanos += callNanos;
		this.mostInFlight = Math.max(this.mostInFlight, inFlight);
		this.overloaded |= sign;
	}

	boolean isOver(long now) {
		return now - this.begun >= NANOS && this.calls >= (this.overloaded ? LEAST_OVERLOADED : LEAST_CALLS);
	}

	double meanNanos() {
		return Math.max(1, this.nanos / this.calls);
	}

	int mostInFlight() {
		return this.mostInFlight;
	}

	boolean isOverloaded() {
		return this.overloaded;
	}

}
