package io.scalesrpc.balancer;

import java.time.Duration;

import io.scalesrpc.call.Checks;

/**
 * Between which loads the window of {@link BalancerType#APERTURE} keeps its members.
 * <em>Immutable</em>.
 *
 * @param low at this many calls in flight per member, or fewer, the window narrows; 0 or
 * more
 * @param high at this many, or more, it widens; more than twice {@code low}, or a window
 * of one that widens to two would narrow again
 * @param smoothing the time constant of the moving average, above 0
 */
public record LoadBand(double low, double high, Duration smoothing) {

	/** 0.5 to 2 calls, over 5 seconds. */
	public static final LoadBand DEFAULT = new LoadBand(0.5, 2, Duration.ofSeconds(5));

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public LoadBand {
		Checks.require(low >= 0 && low < Double.POSITIVE_INFINITY, "low", low, ">= 0");
		Checks.requireBeside(high > 2 * low && high < Double.POSITIVE_INFINITY, "high", high, "low",
				"more than twice low, which is " + low);
		Checks.positive("smoothing", smoothing);
	}

}
