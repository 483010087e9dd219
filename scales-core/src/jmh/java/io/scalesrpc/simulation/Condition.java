package io.scalesrpc.simulation;

/**
 * How a simulated server is. <em>Confined to the thread that runs the world.</em>
 */
final class Condition {

	private Health health = Health.GOOD;

	private double slowness = 1;

	private int coldCalls;

	private double coldness = 1;

	private long pausedUntil;

	Health health() {
		return this.health;
	}

	void health(Health newHealth) {
		this.health = newHealth;
	}

	void slowness(double times) {
		this.slowness = times;
	}

	/** The first calls take longer. */
	void cold(int calls, double times) {
		this.coldCalls = calls;
		this.coldness = times;
	}

	/** How many times longer than usual the call takes that begins now. */
	double slowness() {
		if (this.coldCalls > 0) {
			this.coldCalls--;
			return this.slowness * this.coldness;
		}
		return this.slowness;
	}

	void pauseUntil(long elapsed) {
		this.pausedUntil = Math.max(this.pausedUntil, elapsed);
	}

	long pausedUntil() {
		return this.pausedUntil;
	}

}
