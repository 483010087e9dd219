package io.scalesrpc.balancer;

import java.time.Duration;

/**
 * How a balancer chooses. <em>Immutable</em>.
 *
 * @param type the way of choosing
 * @param slowStart how long a new member's share of the traffic rises before it is a full
 * one; zero for no slow start, at most 1 day
 * @param decay how long {@link BalancerType#P2C_EWMA} remembers a latency, above 0
 * @param aperture how wide the window of {@link BalancerType#APERTURE} is; its least size
 * counts for {@link BalancerType#DETERMINISTIC_APERTURE} too
 * @param coordinate which of the clients this process is, for
 * {@link BalancerType#DETERMINISTIC_APERTURE}
 */
public record BalancerSettings(BalancerType type, Duration slowStart, Duration decay, ApertureSettings aperture,
		Coordinate coordinate) {

	private static final Duration SLOW_START = Duration.ofSeconds(10);

	private static final Duration DECAY = Duration.ofSeconds(10);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public BalancerSettings {
		Settings.notNegative("slowStart", slowStart);
		Settings.positive("decay", decay);
	}

	/**
	 * A type with the defaults of its options.
	 * @param type the way of choosing
	 * @return the settings
	 */
	public static BalancerSettings of(BalancerType type) {
		return new BalancerSettings(type, SLOW_START, DECAY, ApertureSettings.DEFAULT, Coordinate.ALONE);
	}

	/**
	 * The same with another slow start.
	 * @param newSlowStart how long a new member's share rises; zero for no slow start
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public BalancerSettings slowStart(Duration newSlowStart) {
		return new BalancerSettings(this.type, newSlowStart, this.decay, this.aperture, this.coordinate);
	}

	/**
	 * The same with another memory of latencies.
	 * @param newDecay how long a latency is remembered, above 0
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public BalancerSettings decay(Duration newDecay) {
		return new BalancerSettings(this.type, this.slowStart, newDecay, this.aperture, this.coordinate);
	}

	/**
	 * The same with another window.
	 * @param newAperture how wide it is
	 * @return the settings
	 */
	public BalancerSettings aperture(ApertureSettings newAperture) {
		return new BalancerSettings(this.type, this.slowStart, this.decay, newAperture, this.coordinate);
	}

	/**
	 * The same for another process.
	 * @param newCoordinate which of the clients this process is
	 * @return the settings
	 */
	public BalancerSettings coordinate(Coordinate newCoordinate) {
		return new BalancerSettings(this.type, this.slowStart, this.decay, this.aperture, newCoordinate);
	}

}
