package io.scalesrpc.balancer;

import java.time.Duration;

import io.scalesrpc.call.Checks;

/**
 * How wide the window of {@link BalancerType#APERTURE} is. The band and the jitter are
 * those of Scales, the least size is that of Finagle's deterministic aperture.
 * <em>Immutable</em>.
 *
 * @param minSize the fewest members in the window, 1 or more
 * @param maxSize the most, at least {@code minSize}; members that are down do not count
 * @param band when it widens and narrows
 * @param minJitter the least time after which one member is exchanged for another, so
 * that clients do not keep to the same few for ever; above 0
 * @param maxJitter the most, at least {@code minJitter}
 */
public record ApertureSettings(int minSize, int maxSize, LoadBand band, Duration minJitter, Duration maxJitter) {

	/** From 12 members to all; one is exchanged every 120 to 240 seconds. */
	public static final ApertureSettings DEFAULT = new ApertureSettings(12, Integer.MAX_VALUE, LoadBand.DEFAULT,
			Duration.ofSeconds(120), Duration.ofSeconds(240));

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ApertureSettings {
		Checks.require(minSize >= 1, "minSize", minSize, ">= 1");
		Checks.requireBeside(maxSize >= minSize, "maxSize", maxSize, "minSize",
				"at least minSize, which is " + minSize);
		Checks.positive("minJitter", minJitter);
		Checks.positive("maxJitter", maxJitter);
		Checks.requireBeside(maxJitter.compareTo(minJitter) >= 0, "maxJitter", maxJitter, "minJitter",
				"at least minJitter, which is " + minJitter);
	}

	/**
	 * The same with other bounds.
	 * @param newMinSize the fewest members, 1 or more
	 * @param newMaxSize the most, at least the fewest
	 * @return the settings
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ApertureSettings withSize(int newMinSize, int newMaxSize) {
		return new ApertureSettings(newMinSize, newMaxSize, this.band, this.minJitter, this.maxJitter);
	}

	/**
	 * The same with another load band.
	 * @param newBand when the window widens and narrows
	 * @return the settings
	 */
	public ApertureSettings withBand(LoadBand newBand) {
		return new ApertureSettings(this.minSize, this.maxSize, newBand, this.minJitter, this.maxJitter);
	}

}
