package io.scalesrpc.balancer;

import java.time.Duration;

import io.scalesrpc.call.Checks;
import org.jspecify.annotations.Nullable;

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
 * {@link BalancerType#DETERMINISTIC_APERTURE}; {@link Coordinate#ALONE} beside peers
 * @param peers the registry that says it instead, or {@code null} for none
 * @param hashBound how many calls in flight a member may have with
 * {@link BalancerType#HASH}, as a multiple of its share, before calls whose keys belong
 * to it go elsewhere; above 1, at most 1000, which is as good as no bound
 * @param zone where this process stands; {@link ZoneSettings#NONE} with
 * {@link BalancerType#DETERMINISTIC_APERTURE}, whose numbers know no zones
 */
public record BalancerSettings(BalancerType type, Duration slowStart, Duration decay, ApertureSettings aperture,
		Coordinate coordinate, @Nullable Peers peers, double hashBound, ZoneSettings zone) {

	private static final Duration SLOW_START = Duration.ofSeconds(10);

	private static final Duration DECAY = Duration.ofSeconds(10);

	/** HAProxy's and Envoy's documents suggest 1.2 to 2. */
	private static final double HASH_BOUND = 1.25;

	private static final double MAX_HASH_BOUND = 1000;

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public BalancerSettings {
		Checks.notNegative("slowStart", slowStart);
		Checks.positive("decay", decay);
		Checks.require(peers == null || coordinate.equals(Coordinate.ALONE), "peers", String.valueOf(peers),
				"none beside a coordinate");
		Checks.require(hashBound > 1 && hashBound <= MAX_HASH_BOUND, "hash-bound", hashBound, "> 1 and at most 1000");
		Checks.require(!zone.isOn() || type != BalancerType.DETERMINISTIC_APERTURE, "zone.name", zone.name(),
				"none beside the type deterministic-aperture");
	}

	/**
	 * A type with the defaults of its options.
	 * @param type the way of choosing
	 * @return the settings
	 */
	public static BalancerSettings of(BalancerType type) {
		return new BalancerSettings(type, SLOW_START, DECAY, ApertureSettings.DEFAULT, Coordinate.ALONE, null,
				HASH_BOUND, ZoneSettings.NONE);
	}

	/**
	 * The same with another way of choosing.
	 * @param newType the way of choosing
	 * @return the settings
	 */
	public BalancerSettings withType(BalancerType newType) {
		return new BalancerSettings(newType, this.slowStart, this.decay, this.aperture, this.coordinate, this.peers,
				this.hashBound, this.zone);
	}

	/**
	 * The same with another slow start.
	 * @param newSlowStart how long a new member's share rises; zero for no slow start
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public BalancerSettings withSlowStart(Duration newSlowStart) {
		return new BalancerSettings(this.type, newSlowStart, this.decay, this.aperture, this.coordinate, this.peers,
				this.hashBound, this.zone);
	}

	/**
	 * The same with another memory of latencies.
	 * @param newDecay how long a latency is remembered, above 0
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public BalancerSettings withDecay(Duration newDecay) {
		return new BalancerSettings(this.type, this.slowStart, newDecay, this.aperture, this.coordinate, this.peers,
				this.hashBound, this.zone);
	}

	/**
	 * The same with another window.
	 * @param newAperture how wide it is
	 * @return the settings
	 */
	public BalancerSettings withAperture(ApertureSettings newAperture) {
		return new BalancerSettings(this.type, this.slowStart, this.decay, newAperture, this.coordinate, this.peers,
				this.hashBound, this.zone);
	}

	/**
	 * The same for another process.
	 * @param newCoordinate which of the clients this process is
	 * @return the settings
	 * @throws IllegalArgumentException if there are peers, who say it
	 */
	public BalancerSettings withCoordinate(Coordinate newCoordinate) {
		return new BalancerSettings(this.type, this.slowStart, this.decay, this.aperture, newCoordinate, this.peers,
				this.hashBound, this.zone);
	}

	/**
	 * The same with a coordinate that follows from a registry, as it changes.
	 * @param newPeers where this process is registered among all clients
	 * @return the settings
	 * @throws IllegalArgumentException if there is a coordinate, too
	 */
	public BalancerSettings withPeers(Peers newPeers) {
		return new BalancerSettings(this.type, this.slowStart, this.decay, this.aperture, this.coordinate, newPeers,
				this.hashBound, this.zone);
	}

	/**
	 * The same with another bound of the loads.
	 * @param newHashBound how many calls in flight a member may have, as a multiple of
	 * its share; above 1, at most 1000
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public BalancerSettings withHashBound(double newHashBound) {
		return new BalancerSettings(this.type, this.slowStart, this.decay, this.aperture, this.coordinate, this.peers,
				newHashBound, this.zone);
	}

	/**
	 * The same with members of the own zone before others.
	 * @param newZone where this process stands, and how long calls stay there
	 * @return the settings
	 * @throws IllegalArgumentException if the type knows no zones
	 */
	public BalancerSettings withZone(ZoneSettings newZone) {
		return new BalancerSettings(this.type, this.slowStart, this.decay, this.aperture, this.coordinate, this.peers,
				this.hashBound, newZone);
	}

}
