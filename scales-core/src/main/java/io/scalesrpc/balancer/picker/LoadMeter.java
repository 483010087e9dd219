package io.scalesrpc.balancer.picker;

import java.time.Duration;

/**
 * The moving average of the calls in flight, over time. What is in flight at a moment
 * stands for the time since the moment before. <em>Confined to the balancer's serial
 * writer.</em>
 */
final class LoadMeter {

	private double smoothingNanos;

	/** Read by meters, too. */
	private volatile double average;

	private long last;

	LoadMeter(Duration smoothing, long now) {
		this.smoothingNanos = smoothing.toNanos();
		this.last = now;
	}

	/**
	 * Takes a reading.
	 * @param calls how many were in flight until now
	 * @param now the time
	 */
	void read(int calls, long now) {
		double rest = Math.exp(-Math.max(0, now - this.last) / this.smoothingNanos);
		this.last = now;
		double before = this.average;
		this.average = calls * (1 - rest) + before * rest;
	}

	/** From now on it forgets at another pace. */
	void become(Duration smoothing) {
		this.smoothingNanos = smoothing.toNanos();
	}

	double average() {
		return this.average;
	}

}
