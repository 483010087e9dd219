package io.scalesrpc.balancer;

import io.scalesrpc.call.Checks;

/**
 * Where this process stands, and how long its calls stay there: members of its own
 * {@linkplain io.scalesrpc.discovery.Member#zone() zone} come before all others while
 * they have room. <em>Immutable</em>.
 *
 * @param name the own zone, as members say theirs; empty if zones do not matter
 * @param maxLoad how many calls of this client a member of the own zone may have in
 * flight, for a weight of 1, before further ones go to members of other zones that have
 * fewer; at least 1
 */
public record ZoneSettings(String name, double maxLoad) {

	/** Zones do not matter. */
	public static final ZoneSettings NONE = new ZoneSettings("", 8);

	/**
	 * Checks the values.
	 * @throws IllegalArgumentException if one is out of its range
	 */
	public ZoneSettings {
		Checks.require(maxLoad >= 1 && maxLoad < Double.POSITIVE_INFINITY, "max-load", maxLoad, ">= 1");
	}

	/**
	 * A zone with the default of its option.
	 * @param name the own zone
	 * @return the settings
	 */
	public static ZoneSettings of(String name) {
		return new ZoneSettings(name, NONE.maxLoad);
	}

	/**
	 * The same with another load at which calls leave the zone.
	 * @param newMaxLoad calls in flight at a member; at least 1
	 * @return the settings
	 * @throws IllegalArgumentException if the value is out of its range
	 */
	public ZoneSettings withMaxLoad(double newMaxLoad) {
		return new ZoneSettings(this.name, newMaxLoad);
	}

	/**
	 * Whether zones matter.
	 * @return {@code false} without a name
	 */
	public boolean isOn() {
		return !this.name.isEmpty();
	}

}
