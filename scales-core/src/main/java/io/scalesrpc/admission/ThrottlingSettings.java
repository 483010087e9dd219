package io.scalesrpc.admission;

import java.time.Duration;

import io.scalesrpc.call.Checks;

/**
 * When calls are withheld from servers that refuse most of them. <em>Immutable</em>.
 *
 * @param enabled whether calls are ever withheld
 * @param threshold the share of refusals (nacks) among the answers up to which none is,
 * above 0 and below 1
 * @param window over how long answers are remembered, from 1 second to 1 day; after a
 * long outage all calls are let through again within half of it
 */
public record ThrottlingSettings(boolean enabled, double threshold, Duration window) {

	/** Above one half of 4 seconds. */
	public static final ThrottlingSettings DEFAULT = new ThrottlingSettings(true, 0.5, Duration.ofSeconds(4));

	/** Nothing is withheld. */
	public static final ThrottlingSettings OFF = DEFAULT.withEnabled(false);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ThrottlingSettings {
		Checks.require(threshold > 0 && threshold < 1, "threshold", threshold, "above 0 and below 1");
		Checks.within("window", window, Duration.ofSeconds(1), "1 second");
	}

	/**
	 * The same, switched on or off.
	 * @param newEnabled whether calls are ever withheld
	 * @return the settings
	 */
	public ThrottlingSettings withEnabled(boolean newEnabled) {
		return new ThrottlingSettings(newEnabled, this.threshold, this.window);
	}

	/**
	 * The same with another threshold.
	 * @param newThreshold the share of refusals up to which no call is withheld, above 0
	 * and below 1
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public ThrottlingSettings withThreshold(double newThreshold) {
		return new ThrottlingSettings(this.enabled, newThreshold, this.window);
	}

	/**
	 * The same with another window.
	 * @param newWindow over how long answers are remembered, from 1 second to 1 day
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public ThrottlingSettings withWindow(Duration newWindow) {
		return new ThrottlingSettings(this.enabled, this.threshold, newWindow);
	}

}
