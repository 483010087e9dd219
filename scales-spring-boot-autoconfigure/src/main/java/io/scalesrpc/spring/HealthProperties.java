package io.scalesrpc.spring;

import java.util.Set;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What the health of clients goes by. <em>Immutable</em>.
 *
 * @param downWhen Comma-separated list of what makes the health of a client DOWN. One
 * that cannot be made or was closed is DOWN in any case.
 * @param minShare Least share of members that take calls, above 0 and at most 1. Counts
 * with down-when share only.
 */
public record HealthProperties(@DefaultValue("all-members") Set<DownWhen> downWhen,
		@DefaultValue("0.5") double minShare) {

	/** Copies the set. */
	public HealthProperties {
		downWhen = Set.copyOf(downWhen);
	}

}
