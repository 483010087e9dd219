package io.scalesrpc.spring.settings;

import java.util.Set;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What the health of clients goes by. <em>Immutable</em>.
 *
 * @param downWhen Comma-separated list of what makes the health of a client DOWN; one
 * that cannot be made or was closed is in any case.
 * @param minShare Least share of members that take calls, above 0 and at most 1. Only
 * with down-when share, which takes 0.5 without it.
 */
public record HealthProperties(@DefaultValue("all-members") Set<DownWhen> downWhen, @Nullable Double minShare) {

	private static final double HALF = 0.5;

	/**
	 * Checks the values.
	 * @throws InvalidConfigurationPropertyValueException if one is out of its range, or
	 * nothing heeds it
	 */
	public HealthProperties {
		downWhen = Set.copyOf(downWhen);
		if (minShare != null && !downWhen.contains(DownWhen.SHARE)) {
			throw new InvalidConfigurationPropertyValueException("scales.health.min-share", minShare,
					"Expected none without share in scales.health.down-when.");
		}
		if (minShare != null && !(minShare > 0 && minShare <= 1)) {
			throw new InvalidConfigurationPropertyValueException("scales.health.min-share", minShare,
					"Expected a share above 0, and at most 1.");
		}
	}

	/**
	 * The share in effect.
	 * @return above 0, at most 1
	 */
	public double leastShare() {
		return (this.minShare != null) ? this.minShare : HALF;
	}

}
