package io.scalesrpc.chaos;

import java.time.Duration;

import io.scalesrpc.call.Checks;

/**
 * How long attempts are held back, and which share of them. <em>Immutable</em>.
 *
 * @param delay how long at least, 0 to 1 day
 * @param jitter how much longer at most, by chance, 0 to 1 day
 * @param percent of how many attempts, 0 to 100
 */
public record InjectedLatency(Duration delay, Duration jitter, double percent) {

	/** None. */
	public static final InjectedLatency NONE = new InjectedLatency(Duration.ZERO, Duration.ZERO, 0);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public InjectedLatency {
		Checks.notNegative("latency.delay", delay);
		Checks.notNegative("latency.jitter", jitter);
		Percent.require("latency.percent", percent);
		Checks.require(percent == 0 || !delay.plus(jitter).isZero(), "latency.percent", percent,
				"0 where delay and jitter are 0");
	}

}
